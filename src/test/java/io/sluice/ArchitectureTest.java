package io.sluice;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the house and the doors between them. */
final class ArchitectureTest {
    private static final String ROOT = "root";

    /** Each package, and the packages that it may see. One without a row may not exist; a row may wait for its package. */
    private static final Map<String, Set<String>> DOORS = table("""
            config   |
            metrics  |
            watch    | failure metrics
            record   | config
            type     | config record
            offset   | record
            ledger   | config offset table failure
            failure  | config record
            flow     | config metrics
            table    | config record type metrics
            batch    | config record type table
            write    | config record type table batch ledger failure metrics
            lane     | config record type table batch offset ledger write failure flow metrics
            ownership | config offset ledger failure flow lane metrics
            rest     | metrics
            validation | config record table write failure
            root     | config record type table batch offset ledger write failure flow lane ownership metrics validation watch
            """);

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void everyPackageHasARow() {
        assertThat(CLASSES).extracting(ArchitectureTest::room).isNotEmpty().isSubsetOf(DOORS.keySet());
    }

    @Test
    void everyDoorLeadsToARoom() {
        assertThat(DOORS.values()).allSatisfy(doors -> assertThat(doors).isSubsetOf(DOORS.keySet()));
    }

    @Test
    void nobodySeesTheRoot() {
        assertThat(DOORS.values()).noneMatch(doors -> doors.contains(ROOT));
    }

    @Test
    void packagesSeeOnlyWhatTheirRowAllows() {
        assertThat(CLASSES.stream()
                        .flatMap(origin -> origin.getDirectDependenciesFromSelf().stream())
                        .filter(ArchitectureTest::goesThroughAWall)
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(new Rooms()).should().beFreeOfCycles().check(CLASSES);
    }

    private static boolean goesThroughAWall(Dependency dependency) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!isOurs(target)) {
            return false;
        }
        String from = room(dependency.getOriginClass());
        String to = room(target);
        return !from.equals(to) && !DOORS.getOrDefault(from, Set.of()).contains(to);
    }

    private static boolean isOurs(JavaClass type) {
        return (type.getPackageName() + ".").startsWith("io.sluice.");
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals("io.sluice") ? ROOT : name.substring("io.sluice.".length());
    }

    private static Map<String, Set<String>> table(String text) {
        return text.lines()
                .map(line -> line.split("\\|", 2))
                .collect(toMap(cells -> cells[0].strip(), cells -> words(cells[1])));
    }

    private static Set<String> words(String cell) {
        return Stream.of(cell.split(" ")).filter(word -> !word.isEmpty()).collect(toCollection(TreeSet::new));
    }

    private static final class Rooms implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return isOurs(type) ? SliceIdentifier.of(room(type)) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the packages of io.sluice";
        }
    }
}
