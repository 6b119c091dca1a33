package io.sluice.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** What all workloads have measured so far. A value that needs a contender that did not run is not there. */
final class Outcomes {

    private final int cores;
    private final Map<String, Map<String, Series>> all = new LinkedHashMap<>();

    Outcomes(int cores) {
        this.cores = cores;
    }

    void add(String workload, String contender, Measurement measurement) {
        all.computeIfAbsent(workload, none -> new LinkedHashMap<>())
                .computeIfAbsent(contender, Series::new)
                .measurements()
                .add(measurement);
    }

    List<Series> of(String workload) {
        return List.copyOf(all.getOrDefault(workload, Map.of()).values());
    }

    /** What each contender did, in rows a second. */
    Map<String, Double> rates(String workload) {
        Map<String, Double> rates = new LinkedHashMap<>();
        of(workload)
                .forEach(series -> rates.put(series.contender(), series.rate().median()));
        return rates;
    }

    OptionalDouble rate(String workload, String contender) {
        return value(workload, contender, series -> series.rate().median());
    }

    OptionalDouble value(String workload, String contender, ToDoubleFunction<Series> value) {
        return series(workload, contender)
                .map(series -> OptionalDouble.of(value.applyAsDouble(series)))
                .orElse(OptionalDouble.empty());
    }

    /** The bound that follows from the dropping sink and this loader. */
    OptionalDouble bound(String workload, LoadMode mode) {
        Optional<Series> drop = series(workload, Sinks.DROP);
        Optional<Series> loader = series(workload, mode.contender());
        if (drop.isEmpty() || loader.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Bound.rowsPerSecond(
                cores,
                drop.get().workerMicros() + drop.get().brokerMicros(),
                loader.get().totalMicros()));
    }

    static OptionalDouble ratio(OptionalDouble dividend, OptionalDouble divisor) {
        return dividend.isPresent() && divisor.isPresent()
                ? OptionalDouble.of(dividend.getAsDouble() / divisor.getAsDouble())
                : OptionalDouble.empty();
    }

    static OptionalDouble difference(OptionalDouble minuend, OptionalDouble subtrahend) {
        return minuend.isPresent() && subtrahend.isPresent()
                ? OptionalDouble.of(minuend.getAsDouble() - subtrahend.getAsDouble())
                : OptionalDouble.empty();
    }

    private Optional<Series> series(String workload, String contender) {
        return Optional.ofNullable(all.getOrDefault(workload, Map.of()).get(contender));
    }
}
