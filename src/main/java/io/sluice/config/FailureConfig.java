package io.sluice.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What is done about failures that may pass.
 *
 * @param maxRetries tries again at a transient failure, negative for as long as it lasts
 * @param firstBackoff bound of the first wait
 * @param longestBackoff bound that later waits grow to
 * @param breakerFailures failures in a row to reach the server after which one lane tries for all
 * @param longestProbe bound of the waits between tries to reach the server
 */
public record FailureConfig(
        int maxRetries, Duration firstBackoff, Duration longestBackoff, int breakerFailures, Duration longestProbe) {
    public static final String MAX_RETRIES = "max.retries";
    public static final String BACKOFF = "retry.backoff.ms";
    public static final String BACKOFF_MAX = "retry.backoff.max.ms";
    public static final String BREAKER_FAILURES = "breaker.failures";
    public static final String BREAKER_PROBE_MAX = "breaker.probe.max.ms";

    private static final long DEFAULT_BACKOFF = 250;

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Failures");
        Setting.optional(MAX_RETRIES, ConfigDef.Type.INT, -1)
                .check(ConfigDef.Range.atLeast(-1))
                .define(
                        group,
                        "Retries",
                        "How often a transient failure, such as a lost connection or a lock, is tried again. "
                                + "-1, the default, tries for as long as it lasts, and the task stays RUNNING. "
                                + "While PostgreSQL is away tries count no faster than one in retry.backoff.ms.");
        Setting.optional(BACKOFF, ConfigDef.Type.LONG, DEFAULT_BACKOFF)
                .check(ConfigDef.Range.between(1, Integer.MAX_VALUE))
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "First Backoff",
                        "Longest first wait before another try in milliseconds, 250 unless told. "
                                + "Waits are drawn at random up to a bound that doubles with each failure.");
        Setting.optional(BACKOFF_MAX, ConfigDef.Type.LONG, 30_000L)
                .check(ConfigDef.Range.between(1, Integer.MAX_VALUE))
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Longest Backoff",
                        "Bound that the wait between tries grows to in milliseconds, 30000 unless told.");
        Setting.optional(BREAKER_FAILURES, ConfigDef.Type.INT, 3)
                .check(ConfigDef.Range.atLeast(1))
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Failures That Open The Breaker",
                        "After how many failures in a row to reach PostgreSQL, of all lanes of a task, only one lane goes on "
                                + "trying, 3 unless told. The task's partitions pause, and all lanes go on with its first "
                                + "success.");
        Setting.optional(BREAKER_PROBE_MAX, ConfigDef.Type.LONG, 500L)
                .check(ConfigDef.Range.between(1, Integer.MAX_VALUE))
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Longest Wait Between Probes",
                        "Bound that the wait between tries to reach PostgreSQL grows to in milliseconds, 500 unless told. "
                                + "With that, writing goes on within two seconds of the server's return.");
    }

    /** What settings that other sinks have, too, come to. */
    static Optional<String> notice(Map<String, String> properties) {
        try {
            long retries =
                    Long.parseLong(properties.getOrDefault(MAX_RETRIES, "-1").trim());
            long millis = Long.parseLong(properties
                    .getOrDefault(BACKOFF, Long.toString(DEFAULT_BACKOFF))
                    .trim());
            return retries < 0
                    ? Optional.empty()
                    : Optional.of("With " + MAX_RETRIES + "=" + retries + " and " + BACKOFF + "=" + millis
                            + " a task fails once PostgreSQL has been away for about "
                            + Math.multiplyExact(retries, millis) / 1_000.0
                            + " seconds, and has to be restarted. Without " + MAX_RETRIES
                            + " it waits for as long as it takes.");
        } catch (NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    static FailureConfig from(AbstractConfig config) {
        return new FailureConfig(
                config.getInt(MAX_RETRIES),
                Duration.ofMillis(config.getLong(BACKOFF)),
                Duration.ofMillis(config.getLong(BACKOFF_MAX)),
                config.getInt(BREAKER_FAILURES),
                Duration.ofMillis(config.getLong(BREAKER_PROBE_MAX)));
    }
}
