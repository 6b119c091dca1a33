package io.sluice.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a POM's dependencies resolve to. Maven is asked once; the answer is kept in a file until the POM changes. */
final class MavenClasspath {

    private MavenClasspath() {}

    /** Paths of jars in Maven's local repository, as {@code java -cp} takes them. */
    static String of(Path pom, List<String> arguments, Path cached) {
        return readIfValid(cached, pom).orElseGet(() -> resolve(pom, arguments, cached));
    }

    private static String resolve(Path pom, List<String> arguments, Path cached) {
        Path output = cached.resolveSibling(
                cached.getFileName() + "." + ProcessHandle.current().pid());
        List<String> command = new ArrayList<>(List.of("dependency:build-classpath", "-Dmdep.outputFile=" + output));
        command.addAll(arguments);
        Maven.run(pom, command, cached.resolveSibling(cached.getFileName() + ".log"));
        try {
            // Other JVMs may be reading the file.
            Files.move(output, cached, StandardCopyOption.ATOMIC_MOVE);
            return Files.readString(cached);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> readIfValid(Path cached, Path pom) {
        try {
            if (!Files.exists(cached)
                    || Files.getLastModifiedTime(cached).compareTo(Files.getLastModifiedTime(pom)) < 0) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(cached))
                    .filter(paths -> Arrays.stream(paths.split(File.pathSeparator))
                            .allMatch(path -> Files.exists(Path.of(path))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
