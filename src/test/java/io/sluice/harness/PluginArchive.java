package io.sluice.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The packaged connector, as users get it: {@code target/sluice-kafka-connect-postgres-<version>.zip}, or the archive
 * that {@code -Dsluice.archive} names. It is unpacked once a JVM into a directory that workers have as plugin path.
 */
public final class PluginArchive {

    static final String NAME = "sluice-kafka-connect-postgres-";
    private static final String WAY_OUT = " Make it with: mvn package -DskipTests";

    private static @Nullable Path unpacked;

    private PluginArchive() {}

    static synchronized Path pluginPath() {
        if (unpacked == null) {
            unpacked = unpack(find());
        }
        return unpacked;
    }

    static Path find() {
        Path archive = Project.setting("sluice.archive").map(Path::of).orElseGet(PluginArchive::findInTarget);
        if (!Files.exists(archive)) {
            throw new HarnessException("There is no " + archive + "." + WAY_OUT);
        }
        return archive;
    }

    private static Path findInTarget() {
        try (Stream<Path> files = Files.list(Project.target())) {
            return files.filter(PluginArchive::isArchive)
                    .findFirst()
                    .orElseThrow(() -> new HarnessException(
                            "There is no " + NAME + "*.zip in " + Project.target() + "." + WAY_OUT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isArchive(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(NAME) && name.endsWith(".zip");
    }

    /**
     * Unpacks an archive as if it were of another version, and returns the directory for a worker's plugin path. So a worker
     * can have two builds side by side, and {@code connector.plugin.version} chooses.
     */
    public static Path unpack(Path archive, String version) {
        Path directory = unpack(archive);
        try (Stream<Path> files = Files.walk(directory)) {
            relabel(files.filter(PluginArchive::isOurJar).findFirst().orElseThrow(), version);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurJar(Path file) {
        return file.getFileName().toString().startsWith("kafka-connect-postgres-");
    }

    private static void relabel(Path jar, String version) throws IOException {
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
            Files.writeString(content.getPath("io/sluice/sluice-version.properties"), "version=" + version + "\n");
        }
    }

    private static Path unpack(Path archive) {
        Path directory = Scratch.directory("plugins");
        try (InputStream file = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = directory.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(zip, path);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack " + archive, e);
        }
    }
}
