package io.sluice.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a POM's dependencies resolve to. Maven is asked once; the answer is kept in a file until the POM changes. */
@SuppressWarnings("try") // A lock is there to be held, not to be spoken to.
final class MavenClasspath {

    private MavenClasspath() {}

    /** Paths of jars in Maven's local repository, as {@code java -cp} takes them. */
    static String of(Path pom, List<String> arguments, Path cached) {
        return readIfValid(cached, pom).orElseGet(() -> resolveAlone(pom, arguments, cached));
    }

    /** Maven does not like two of its kind that fetch the same into one local repository. */
    private static synchronized String resolveAlone(Path pom, List<String> arguments, Path cached) {
        try {
            Files.createDirectories(cached.getParent());
            Path shared = Project.target().resolve("maven.lock");
            try (FileChannel file = FileChannel.open(shared, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                return readIfValid(cached, pom).orElseGet(() -> resolve(pom, arguments, cached));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
