package io.sluice.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * This JVM's directory for data that nobody needs afterwards. It is removed when the JVM ends; what a JVM that was
 * killed left behind is removed by the next one.
 *
 * <p>It lies in the temporary directory and not in {@code target}, because PostgreSQL refuses to run as root, and the
 * user that it runs as then may not be able to enter root's home.
 */
final class Scratch {

    private static final Pattern NAME = Pattern.compile("sluice-(\\d+)-.*");
    private static final int DELETION_PASSES = 20;
    private static final Path ROOT = create();

    private Scratch() {}

    static Path directory(String name) {
        try {
            return Files.createTempDirectory(ROOT, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path create() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        removeAbandoned(temporary);
        try {
            Path root = Files.createTempDirectory(
                    temporary, "sluice-" + ProcessHandle.current().pid() + "-");
            openToAll(root);
            JvmExit.register(() -> delete(root));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL's user has to reach its data directory, which only that user can read. */
    static void openToAll(Path directory) {
        directory.toFile().setExecutable(true, false);
        directory.toFile().setReadable(true, false);
    }

    private static void removeAbandoned(Path temporary) {
        try (Stream<Path> siblings = Files.list(temporary)) {
            siblings.filter(Scratch::isAbandoned).forEach(Scratch::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAbandoned(Path directory) {
        Matcher name = NAME.matcher(directory.getFileName().toString());
        return name.matches()
                && Files.isWritable(directory)
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    /**
     * Removes a directory with all that is in it. A dying process may still make or remove files there, and another
     * thread may be at it too, so a pass that fails is followed by another.
     */
    static void delete(Path directory) {
        Optional<IOException> failure = Optional.empty();
        for (int pass = 0; pass < DELETION_PASSES && Files.exists(directory); pass++) {
            failure = deleteOnce(directory);
        }
        if (Files.exists(directory)) {
            System.err.println("Could not remove " + directory + ": " + failure);
        }
    }

    private static Optional<IOException> deleteOnce(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
            return Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.of(e.getCause());
        } catch (IOException e) {
            return Optional.of(e);
        }
    }
}
