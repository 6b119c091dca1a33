package io.sluice.benchmark;

import io.sluice.benchmark.plugin.DroppingConnector;
import io.sluice.benchmark.plugin.KeyConverter;
import io.sluice.benchmark.plugin.RowConverter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Packs the benchmark's converters and its dropping sink as a plugin that a worker finds by its service files. */
final class PluginJar {

    private static final String PACKAGE = "io/sluice/benchmark/plugin";

    private PluginJar() {}

    /** Fills the directory, which can be part of a worker's plugin path then. */
    static Path pack(Path directory) {
        Path classes = classes();
        try {
            Path plugin = Files.createDirectories(directory.resolve("benchmark"));
            try (OutputStream file = Files.newOutputStream(plugin.resolve("benchmark.jar"));
                    JarOutputStream jar = new JarOutputStream(file);
                    Stream<Path> found = Files.list(classes.resolve(PACKAGE))) {
                for (Path one : found.sorted().toList()) {
                    add(jar, PACKAGE + "/" + one.getFileName(), Files.readAllBytes(one));
                }
                service(jar, "org.apache.kafka.connect.storage.Converter", RowConverter.class, KeyConverter.class);
                service(jar, "org.apache.kafka.connect.sink.SinkConnector", DroppingConnector.class);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void service(JarOutputStream jar, String type, Class<?>... classes) throws IOException {
        String names =
                String.join("\n", List.of(classes).stream().map(Class::getName).toList());
        add(jar, "META-INF/services/" + type, names.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static Path classes() {
        try {
            return Path.of(RowConverter.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
