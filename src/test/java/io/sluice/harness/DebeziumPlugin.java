package io.sluice.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's source connector for PostgreSQL as a worker installs it: a directory with its jars. Maven resolves them
 * once from {@code src/test/debezium/pom.xml}.
 */
final class DebeziumPlugin {

    private static @Nullable Path installed;

    private DebeziumPlugin() {}

    /** A directory for a worker's plugin path, which has the plugin as its one entry. */
    static synchronized Path pluginPath() {
        if (installed == null) {
            installed = install();
        }
        return installed;
    }

    private static Path install() {
        String jars = MavenClasspath.of(
                Project.root().resolve("src/test/debezium/pom.xml"),
                List.of(),
                Project.target().resolve("debezium").resolve("debezium.classpath"));
        Path path = Scratch.directory("debezium");
        try {
            Path plugin = Files.createDirectory(path.resolve("debezium-connector-postgres"));
            for (String jar : jars.split(File.pathSeparator, -1)) {
                Path source = Path.of(jar);
                Files.copy(source, plugin.resolve(source.getFileName()));
            }
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not install Debezium into " + path, e);
        }
    }
}
