package io.sluice.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputScanTest {

    @TempDir
    private Path directory;

    @Test
    void countsLinesAndFields() throws IOException {
        InputScan.Result result = scan("\uFEFF{\"a\": 1}\r\n\n  \n{\"b\": \"x\", \"c\": null}\n{\"a\": \"1\"}");

        assertThat(result.lines()).isEqualTo(3);
        assertThat(result.kinds().fields()).isEqualTo(2);
        assertThat(result.kinds().isMixed("a")).isTrue();
        assertThat(result.kinds().isMixed("b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1]",
                "null",
                "{\"a\": 1",
                "{\"a\": 1} {\"a\": 2}",
                "{\"a\": \"\\u0000\"}",
                "{\"a\": {\"b\": [\"\\u0000\"]}}",
                "{\"a\": \"\\ud83c\"}",
                "{\"\": 1}",
                "{\"a\": [1e400]}",
                "{\"a123456789a123456789a123456789a123456789a123456789a123456789abcd\": 1}",
            })
    void saysWhichLineCannotBecomeARow(String line) {
        assertThatThrownBy(() -> scan("{\"a\": 1}\n" + line + "\n{\"a\": 2}\n"))
                .isInstanceOf(QuickstartException.class)
                .hasMessageContaining("1 of the 3 lines")
                .hasMessageContaining("line 2 ")
                .hasMessageContaining("nothing was started");
    }

    @Test
    void noticesIntegersThatKafkaCutsOff() throws IOException {
        assertThat(scan("{\"a\": [9223372036854775808]}\n{\"a\": [9223372036854775807]}\n")
                        .withLargeIntegers())
                .isEqualTo(1);
    }

    private InputScan.Result scan(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("input.json"), content);
        return InputScan.of(new InputFile(file));
    }
}
