package io.sluice.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.benchmark.BenchmarkOptions.Profiling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchmarkOptionsTest {

    @Test
    void measuresEverythingFiveTimes() {
        BenchmarkOptions options = options(Map.of("basedir", "/checkout"));
        assertThat(options.isWhole()).isTrue();
        assertThat(options.repetitions()).isEqualTo(5);
        assertThat(options.warmUp()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.records()).isEqualTo(2_000_000);
        assertThat(options.profiling()).isEqualTo(Profiling.OFF);
        assertThat(options.asksFor(Sinks.DEBEZIUM)).isTrue();
        assertThat(options.reportFile()).isEqualTo(Path.of("/checkout/src/docs/benchmarks.md"));
    }

    @Test
    void doesNotReplaceTheReportOfAWholeBenchmarkByThatOfAPart() {
        BenchmarkOptions options =
                options(Map.of("basedir", "/checkout", "project.build.directory", "/target", "workloads", "W1, W2"));
        assertThat(options.workloads()).containsExactly("W1", "W2");
        assertThat(options.reportFile()).isEqualTo(Path.of("/target/bench/benchmarks.md"));
    }

    @ParameterizedTest
    @CsvSource({
        "repetitions, 1",
        "warmup, 1",
        "records, 200000",
        "contenders, sluice",
        "profile, true",
        "baseline, before.zip"
    })
    void doesNotReplaceItByLessThanThatEither(String name, String value) {
        assertThat(options(Map.of("basedir", "/checkout", name, value)).isWhole())
                .isFalse();
    }

    @Test
    void measuresOnlyTheContendersThatAreWanted() {
        BenchmarkOptions options = options(Map.of("contenders", "sluice,drop", "profile", "true"));
        assertThat(options.asksFor(Sinks.DROP)).isTrue();
        assertThat(options.asksFor(Sinks.DEBEZIUM)).isFalse();
        assertThat(options.profiling()).isEqualTo(Profiling.ON);
    }

    @Test
    void refusesWhatIsNoNumber() {
        assertThatExceptionOfType(BenchmarkException.class)
                .isThrownBy(() -> options(Map.of("repetitions", "many")))
                .withMessageContaining("-Drepetitions=many");
    }

    private static BenchmarkOptions options(Map<String, String> properties) {
        return BenchmarkOptions.from(properties::get);
    }
}
