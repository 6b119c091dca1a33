package io.sluice.compatibility;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The Javas of this machine: the one that runs this, and those that are installed beside it. */
final class Jdks {

    private final List<Path> homes;

    private Jdks(List<Path> homes) {
        this.homes = homes;
    }

    static Jdks ofThisMachine() {
        Path ours = Path.of(System.getProperty("java.home"));
        try (Stream<Path> siblings = Files.list(ours.getParent())) {
            return new Jdks(Stream.concat(Stream.of(ours), siblings.sorted(Comparator.naturalOrder()))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Path> home(int major) {
        return homes.stream()
                .filter(home -> version(home).startsWith(major + "."))
                .filter(home -> Files.isExecutable(home.resolve("bin").resolve("java")))
                .findFirst();
    }

    /** As the Java itself says it, {@code 17.0.12}; empty where there is none. */
    static String version(Path home) {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)) {
            return "";
        }
        try (Reader reader = Files.newBufferedReader(release)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
