package io.sluice.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The zip that this build made, and what the Confluent clients do with it. */
final class ComponentArchive {
    static final ObjectMapper JSON = new ObjectMapper();

    final Path zip = Path.of(System.getProperty("sluice.archive"));

    List<? extends ZipEntry> entries() throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return Collections.list(file.entries());
        }
    }

    /**
     * The clients' algorithm: the manifest is the first entry named so exactly one directory deep; every entry loses the
     * literal prefix owner-name-version and lands in plugin-directory/owner-name.
     */
    Path installInto(Path pluginDirectory) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            JsonNode manifest = manifest(file);
            String component = manifest.at("/owner/username").asText() + "-"
                    + manifest.path("name").asText();
            String prefix = component + "-" + manifest.path("version").asText();
            Path target = pluginDirectory.resolve(component);
            for (ZipEntry entry : Collections.list(file.entries())) {
                if (!entry.isDirectory()) {
                    String name = entry.getName();
                    String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
                    copy(file, entry, Path.of(target + "/" + rest).normalize());
                }
            }
            return target;
        }
    }

    private static JsonNode manifest(ZipFile file) throws IOException {
        ZipEntry entry = Collections.list(file.entries()).stream()
                .filter(candidate -> candidate.getName().matches("[^/]+/manifest\\.json"))
                .findFirst()
                .orElseThrow(() -> new IOException("no manifest.json one directory deep"));
        try (InputStream content = file.getInputStream(entry)) {
            return JSON.readTree(content);
        }
    }

    private static void copy(ZipFile file, ZipEntry entry, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream content = file.getInputStream(entry)) {
            Files.copy(content, target);
        }
    }
}
