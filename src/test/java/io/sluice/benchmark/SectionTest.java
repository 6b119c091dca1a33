package io.sluice.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SectionTest {

    private static final Section SECTION = new Section(
            "W0",
            "nothing",
            "Nothing at all.",
            List.of(new TextTable(
                    List.of("contender", "rows/s"), List.of(List.of("a", "1,000"), List.of("longer", "7")))),
            List.of(
                    Target.atLeast(2, "a / b", OptionalDouble.of(2)),
                    Target.atMost(1.5, "worker", OptionalDouble.of(1.51)),
                    Target.atLeast(1, "c / d", OptionalDouble.empty())),
            "rows/s",
            Map.of("a", 1000.0, "longer", 7.0));

    @Test
    void saysWhatWasMeasuredAndWhatWasWanted() {
        assertThat(SECTION.markdown("benchmarks/w0.svg")).isEqualTo("""
                        ## W0: nothing

                        Nothing at all.

                        | contender | rows/s |
                        |-----------|-------:|
                        | a         |  1,000 |
                        | longer    |      7 |

                        | what   | value |        target |         verdict |
                        |--------|------:|--------------:|----------------:|
                        | a / b  |  2.00 | at least 2.00 |         reached |
                        | worker |  1.51 |  at most 1.50 | **not reached** |
                        | c / d  |     – | at least 1.00 |    not measured |

                        ![nothing](benchmarks/w0.svg)
                        """);
    }

    @Test
    void isPlotted(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("plots").resolve("w0.svg");
        if (Plot.write(SECTION, file)) {
            assertThat(Files.readString(file)).contains("<svg");
        }
    }

    @Test
    void isNotPlottedWithoutNumbers(@TempDir Path directory) {
        Section empty = new Section("W0", "nothing", "", List.of(), List.of(), "", Map.of());
        assertThat(Plot.write(empty, directory.resolve("w0.svg"))).isFalse();
    }
}
