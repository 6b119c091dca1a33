package io.sluice.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The measurements of one contender, in the order in which they were made. */
record Series(String contender, List<Measurement> measurements) {

    Series(String contender) {
        this(contender, new ArrayList<>());
    }

    Spread rate() {
        return spread(Measurement::rate);
    }

    double workerMicros() {
        return spread(one -> one.perRow(one.cpu().worker())).median();
    }

    double brokerMicros() {
        return spread(one -> one.perRow(one.cpu().broker())).median();
    }

    double postgresMicros() {
        return spread(one -> one.perRow(one.cpu().postgres())).median();
    }

    double ownMicros() {
        return spread(one -> one.perRow(one.cpu().own())).median();
    }

    /** Microseconds of processor time a row, of all together. */
    double totalMicros() {
        return spread(one -> one.perRow(one.cpu().total())).median();
    }

    double peakBytes() {
        return spread(Measurement::peakBytes).median();
    }

    private Spread spread(ToDoubleFunction<Measurement> value) {
        return Spread.of(measurements.stream().mapToDouble(value).toArray());
    }
}
