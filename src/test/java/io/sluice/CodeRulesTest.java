package io.sluice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** What a compiler cannot be asked to check. */
final class CodeRulesTest {
    private static final int LINES_AT_MOST = 500;
    private static final Path SOURCES = Path.of("src");
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void filesStayShort() throws IOException {
        assertThat(javaFiles(SOURCES, file -> lines(file).size() > LINES_AT_MOST))
                .isEmpty();
    }

    /** NullAway looks only into marked packages: one without the mark would pass unchecked. */
    @Test
    void everyPackageIsNullMarked() throws IOException {
        assertThat(javaFiles(MAIN, file -> !isNullMarked(file.resolveSibling("package-info.java"))))
                .isEmpty();
    }

    @Test
    void nothingIsLeftToDo() throws IOException {
        assertThat(javaFiles(MAIN, file -> lines(file).stream().anyMatch(line -> line.contains("TODO"))))
                .isEmpty();
    }

    /** The worker's log is the only place where an operator looks. */
    @Test
    void nothingWritesToTheStandardStreams() {
        noClasses().should(ACCESS_STANDARD_STREAMS).check(CLASSES);
    }

    /** With several plugins on a worker it hands out drivers of other class loaders, or none. */
    @Test
    void nothingAsksTheDriverManager() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(DriverManager.class)
                .check(CLASSES);
    }

    /** The worker provides SLF4J 1.7: what compiles against 2.x fails there with NoSuchMethodError. */
    @Test
    void theCompilerSeesTheSlf4jOfTheWorker() {
        assertThat(Logger.class.getMethods()).extracting(Method::getName).doesNotContain("atInfo");
    }

    /** Workers before 4.1 do not have it: whoever names it cannot be loaded there. */
    @Test
    void onlyOneClassNamesThePluginMetricsOfNewWorkers() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency -> dependency
                                        .getTargetClass()
                                        .getName()
                                        .equals("org.apache.kafka.common.metrics.PluginMetrics")))
                        .map(JavaClass::getSimpleName))
                .containsExactly("PluginGauges");
    }

    private static List<Path> javaFiles(Path root, Predicate<Path> filter) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(filter)
                    .toList();
        }
    }

    private static boolean isNullMarked(Path packageInfo) {
        return Files.exists(packageInfo) && lines(packageInfo).contains("@NullMarked");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
