package io.sluice.metrics;

/** How long one kind of step took within the last minute. */
public interface SinkLatencyMXBean {
    @Counter("How often it was timed.")
    long getCount();

    @Gauge("The median of the last minute; zero where there was none.")
    double getP50Millis();

    @Gauge("95 of 100 took no longer.")
    double getP95Millis();

    @Gauge("99 of 100 took no longer.")
    double getP99Millis();

    @Gauge("The longest of the last minute.")
    double getMaxMillis();
}
