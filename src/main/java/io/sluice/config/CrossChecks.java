package io.sluice.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/** Settings that are right alone and wrong together. */
final class CrossChecks {
    private final Map<String, ConfigValue> values;

    private CrossChecks(List<ConfigValue> values) {
        this.values = values.stream()
                .collect(Collectors.toMap(ConfigValue::name, Function.identity(), (first, again) -> first));
    }

    static void check(List<ConfigValue> values) {
        CrossChecks checks = new CrossChecks(values);
        checks.keyFitsInsertMode();
        checks.deleteHasKey();
        checks.kafkaKeyHasThreeFields();
        checks.widenNeedsEvolve();
        checks.backoffsAreOrdered();
    }

    private void keyFitsInsertMode() {
        String insertMode = text(WriteConfig.INSERT_MODE);
        if ("none".equals(text(KeyConfig.MODE)) && !"insert".equals(insertMode)) {
            add(
                    KeyConfig.MODE,
                    "none gives no key, and insert.mode " + insertMode
                            + " needs one. Choose another pk.mode, or insert.mode insert.");
        }
    }

    private void deleteHasKey() {
        String mode = text(KeyConfig.MODE);
        if (Boolean.TRUE.equals(value(DeleteConfig.DELETE))
                && !List.of("auto", "record_key").contains(mode)) {
            add(
                    DeleteConfig.DELETE,
                    "a tombstone has no value, so its key must come from the record key. "
                            + "Use pk.mode record_key or auto, or set delete.enabled to false.");
        }
    }

    private void kafkaKeyHasThreeFields() {
        if ("kafka".equals(text(KeyConfig.MODE))
                && value(KeyConfig.FIELDS) instanceof List<?> fields
                && !fields.isEmpty()
                && fields.size() != 3) {
            add(
                    KeyConfig.FIELDS,
                    "pk.mode kafka takes three column names, for topic, partition and offset. "
                            + "Give three, or none for __connect_topic, __connect_partition and __connect_offset.");
        }
    }

    private void widenNeedsEvolve() {
        if (Boolean.TRUE.equals(value(TableConfig.EVOLVE_WIDEN))
                && Boolean.FALSE.equals(value(TableConfig.AUTO_EVOLVE))) {
            add(TableConfig.EVOLVE_WIDEN, "it is a part of auto.evolve. Set auto.evolve to true as well.");
        }
    }

    private void backoffsAreOrdered() {
        if (value(FailureConfig.BACKOFF) instanceof Long first
                && value(FailureConfig.BACKOFF_MAX) instanceof Long longest
                && first > longest) {
            add(FailureConfig.BACKOFF_MAX, "it is shorter than retry.backoff.ms. Make it at least as long.");
        }
    }

    private @Nullable Object value(String key) {
        ConfigValue value = values.get(key);
        return value == null ? null : value.value();
    }

    private String text(String key) {
        return String.valueOf(value(key)).trim().toLowerCase(Locale.ROOT);
    }

    private void add(String key, String message) {
        ConfigValue value = values.get(key);
        if (value != null) {
            value.addErrorMessage(key + ": " + message);
        }
    }
}
