package io.sluice.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The configuration file of a broker or worker. */
final class PropertiesFile {

    private PropertiesFile() {}

    static void write(Path file, Map<String, String> content) {
        Properties properties = new Properties();
        properties.putAll(content);
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, "Written by the test harness.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
