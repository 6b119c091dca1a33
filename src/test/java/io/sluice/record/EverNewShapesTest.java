package io.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered of records takes a bounded part of the heap, however many look unlike all others. */
final class EverNewShapesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "values",
                "keyOfTable",
                "whitelist",
                "largeNames",
                "emptyNames",
                "schemas",
                "keys",
                "keySchemas",
                "primitiveKeys",
                "headers",
                "unavailable",
                "documents",
                "wholeValues",
                "envelopes",
                "tables",
                "topics"
            })
    void fitIntoASmallHeap(String kind) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EverNewShapes.class.getName(),
                        kind)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }
}
