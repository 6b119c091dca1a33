package io.sluice.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the archive puts on the plugin's classpath, and the papers for it. */
final class LibraryIT {
    private static final String VERSION = System.getProperty("project.version");
    private static final String OUR_JAR = "kafka-connect-postgres-" + VERSION + ".jar";
    private static final String SERVICE = "META-INF/services/" + SinkConnector.class.getName();
    private static final int JAVA_17 = 61;

    /** The worker has these, or only the compiler needs them. */
    private static final String NOT_OURS_TO_SHIP =
            "(org/apache/kafka|org/slf4j|org/apache/log(4j|ging)|ch/qos|(javax|jakarta)/ws|io/confluent|org/jspecify"
                    + "|org/checkerframework|org/junit)/.*";

    @TempDir
    private static Path pluginDirectory;

    private static Path installed;
    private static Map<String, Path> jars;

    @BeforeAll
    static void install() throws IOException {
        installed = new ComponentArchive().installInto(pluginDirectory);
        try (Stream<Path> files = Files.list(installed.resolve("lib"))) {
            jars = files.collect(toMap(file -> file.getFileName().toString(), file -> file));
        }
    }

    @Test
    void holdsTheseJarsAndNoOther() {
        assertThat(jars.keySet())
                .extracting(LibraryIT::withoutVersion)
                .containsExactlyInAnyOrder(
                        "kafka-connect-postgres",
                        "postgresql",
                        "HdrHistogram",
                        "jackson-databind",
                        "jackson-core",
                        "jackson-annotations");
    }

    @Test
    void holdsNothingThatTheWorkerProvides() {
        assertThat(jars.values())
                .allSatisfy(jar -> assertThat(entries(jar)).noneMatch(name -> name.matches(NOT_OURS_TO_SHIP)));
    }

    @Test
    void ourServiceFileNamesAConnectorThatTellsItsVersion() throws Exception {
        String className = read(jars.get(OUR_JAR), SERVICE).strip();

        assertThat(entries(jars.get(OUR_JAR))).contains(className.replace('.', '/') + ".class");
        assertThat(Class.forName(className).getConstructor().newInstance())
                .isInstanceOfSatisfying(
                        SinkConnector.class,
                        connector -> assertThat(connector.version()).isEqualTo(VERSION));
    }

    @Test
    void ourJarIsLabelled() throws IOException {
        try (JarFile jar = new JarFile(jars.get(OUR_JAR).toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                    .isEqualTo(VERSION);
        }
        assertThat(read(jars.get(OUR_JAR), "META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
    }

    @Test
    void ourClassesRunOnJava17() throws IOException {
        try (JarFile jar = new JarFile(jars.get(OUR_JAR).toFile())) {
            for (JarEntry entry : jar.stream().filter(LibraryIT::isClass).toList()) {
                try (DataInputStream content = new DataInputStream(jar.getInputStream(entry))) {
                    content.skipNBytes(6);
                    assertThat(content.readUnsignedShort()).as(entry.getName()).isEqualTo(JAVA_17);
                }
            }
        }
    }

    @Test
    void theBillOfMaterialsListsTheJarsByTheirChecksums() throws Exception {
        Map<String, String> others = new TreeMap<>();
        for (Map.Entry<String, Path> jar : jars.entrySet()) {
            others.put(jar.getKey(), sha256(jar.getValue()));
        }
        others.remove(OUR_JAR);

        JsonNode bill = ComponentArchive.JSON.readTree(
                installed.resolve("doc/sbom.cdx.json").toFile());

        assertThat(jarName(bill.at("/metadata/component"))).isEqualTo(OUR_JAR);
        assertThat(StreamSupport.stream(bill.path("components").spliterator(), false)
                        .collect(toMap(LibraryIT::jarName, LibraryIT::declaredSha256)))
                .isEqualTo(others);
    }

    @Test
    void everyForeignJarHasItsLicenceText() throws IOException {
        String list = Files.readString(installed.resolve("doc/licenses/THIRD-PARTY.md"));

        assertThat(jars.keySet()).filteredOn(jar -> !jar.equals(OUR_JAR)).allSatisfy(jar -> {
            String name = withoutVersion(jar);
            assertThat(list).contains("| `" + name + "` |");
            Path texts = installed.resolve("doc/licenses/" + name + "/META-INF");
            assertThat(List.of(texts.resolve("LICENSE"), texts.resolve("LICENSE.txt")))
                    .anySatisfy(text -> assertThat(text).isNotEmptyFile());
        });
    }

    private static String withoutVersion(String jar) {
        return jar.replaceFirst("-[0-9.]+\\.jar$", "");
    }

    private static String jarName(JsonNode component) {
        return component.path("name").asText() + "-" + component.path("version").asText() + ".jar";
    }

    private static String declaredSha256(JsonNode component) {
        return StreamSupport.stream(component.path("hashes").spliterator(), false)
                .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                .map(hash -> hash.path("content").asText())
                .findFirst()
                .orElse("none");
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(".class");
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(JarEntry::getName).toList();
        }
    }

    private static String read(Path jar, String entry) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return new String(file.getInputStream(file.getEntry(entry)).readAllBytes(), UTF_8);
        }
    }
}
