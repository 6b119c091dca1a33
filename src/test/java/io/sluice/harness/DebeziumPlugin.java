package io.sluice.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connector of Debezium's as a worker installs it: a directory with its jars. Maven resolves them once from a POM. */
final class DebeziumPlugin {

    /** The source connector for PostgreSQL. */
    static final DebeziumPlugin SOURCE = new DebeziumPlugin("debezium-connector-postgres", "src/test/debezium/pom.xml");

    /** The JDBC sink. */
    static final DebeziumPlugin SINK = new DebeziumPlugin("debezium-connector-jdbc", "src/test/debezium/sink/pom.xml");

    private final String name;
    private final String pom;
    private @Nullable Path installed;

    private DebeziumPlugin(String name, String pom) {
        this.name = name;
        this.pom = pom;
    }

    /** A directory for a worker's plugin path, which has the plugin as its one entry. */
    synchronized Path pluginPath() {
        if (installed == null) {
            installed = install();
        }
        return installed;
    }

    private Path install() {
        String jars = MavenClasspath.of(
                Project.root().resolve(pom),
                List.of(),
                Project.target().resolve("debezium").resolve(name + ".classpath"));
        Path path = Scratch.directory("debezium");
        try {
            Path plugin = Files.createDirectory(path.resolve(name));
            for (String jar : jars.split(File.pathSeparator, -1)) {
                Path source = Path.of(jar);
                Files.copy(source, plugin.resolve(source.getFileName()));
            }
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not install " + name + " into " + path, e);
        }
    }
}
