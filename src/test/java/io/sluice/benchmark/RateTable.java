package io.sluice.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table of a workload whose results are rows a second. */
final class RateTable {

    private static final List<String> HEADER = List.of(
            "contender",
            "rows",
            "rows/s",
            "least",
            "most",
            "worker µs/row",
            "broker",
            "PostgreSQL",
            "loader",
            "peak MiB",
            "set-up");

    private RateTable() {}

    /**
     * One line for each contender, and one for each number that only has a name.
     *
     * @param remarks what is to be said of contenders
     * @param rates rows a second by name, contenders among them
     */
    static TextTable of(List<Series> all, Map<String, String> remarks, Map<String, Double> rates) {
        List<List<String>> rows = new ArrayList<>();
        for (Series series : all) {
            rows.add(line(series, remarks.getOrDefault(series.contender(), "")));
        }
        rates.forEach((name, rate) -> {
            if (all.stream().noneMatch(series -> series.contender().equals(name))) {
                rows.add(List.of(name, "", Numbers.whole(rate), "", "", "", "", "", "", "", ""));
            }
        });
        return new TextTable(HEADER, rows);
    }

    private static List<String> line(Series series, String remark) {
        Spread rate = series.rate();
        return List.of(
                series.contender(),
                Numbers.whole(series.measurements().get(0).rows()),
                Numbers.whole(rate.median()),
                Numbers.whole(rate.least()),
                Numbers.whole(rate.most()),
                Numbers.hundredths(series.workerMicros()),
                Numbers.hundredths(series.brokerMicros()),
                Numbers.hundredths(series.postgresMicros()),
                Numbers.hundredths(series.ownMicros()),
                Numbers.mebibytes(series.peakBytes()),
                remark);
    }
}
