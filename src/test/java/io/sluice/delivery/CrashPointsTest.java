package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.sluice.harness.CrashPoint;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each moment of failure that the guarantees page numbers has a test, and a guard without which a test goes red. */
final class CrashPointsTest {
    private static final JavaClasses TESTS = new ClassFileImporter().importPath(Path.of("target", "test-classes"));
    private static final Path PAGE = Path.of("src", "docs", "guarantees.md");
    private static final Path GUARDS = Path.of(".ci", "guards.d");
    private static final Pattern NUMBER = Pattern.compile("(?m)^\\| (\\d+) \\|");

    @Test
    void eachHasATest() {
        Set<Integer> tested = TESTS.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(CrashPoint.class))
                .flatMap(method -> Arrays.stream(
                                method.getAnnotationOfType(CrashPoint.class).value())
                        .boxed())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tested)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    @Test
    void thePageListsThem() throws IOException {
        Set<Integer> listed = NUMBER.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .map(row -> Integer.valueOf(row.replaceAll("\\D", "")))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }

    /** {@code .ci/guards} takes it out. */
    @Test
    void eachHasAGuard() throws IOException {
        Set<Integer> guarded = new TreeSet<>();
        try (DirectoryStream<Path> patches = Files.newDirectoryStream(GUARDS, "*.patch")) {
            for (Path patch : patches) {
                Files.readAllLines(patch).stream()
                        .filter(line -> line.startsWith("Points: "))
                        .flatMap(line -> Arrays.stream(line.split(" ")).skip(1))
                        .forEach(point -> guarded.add(Integer.valueOf(point)));
            }
        }

        assertThat(guarded)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }
}
