package io.sluice.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/** Settings that are right alone and wrong together. Where one of them is malformed, the others are not judged by it. */
final class CrossChecks {
    private static final String ISOLATION = "consumer.override.isolation.level";

    private final Map<String, ConfigValue> values;

    private CrossChecks(List<ConfigValue> values) {
        this.values = values.stream()
                .collect(Collectors.toMap(ConfigValue::name, Function.identity(), (first, again) -> first));
    }

    static void check(List<ConfigValue> values, Map<String, String> properties) {
        CrossChecks checks = new CrossChecks(values);
        checks.keyFitsInsertMode();
        checks.deleteHasKey();
        checks.kafkaKeyHasThreeFields();
        checks.widenNeedsEvolve();
        checks.backoffsAreOrdered();
        checks.envelopesAreExpected();
        checks.conditionsNeedAKey();
        checks.versionIsWritten();
        checks.documentIsWhole();
        checks.fieldListsAgree();
        checks.truncationsHaveOneTask(properties);
        checks.methodHasParameters(properties);
        checks.abortedRecordsStayAway(properties);
        checks.badRecordsAreTolerated(properties);
    }

    private void badRecordsAreTolerated(Map<String, String> properties) {
        boolean tolerates = BadRecordConfig.tolerates(properties.get(BadRecordConfig.TOLERANCE));
        if (!given(BadRecordConfig.TABLE).isEmpty() && !tolerates) {
            add(
                    BadRecordConfig.TABLE,
                    "nothing gets there while the first bad record fails the task. "
                            + "Set errors.tolerance to all as well, or leave errors.table empty.");
        }
    }

    private void keyFitsInsertMode() {
        String insertMode = text(WriteConfig.INSERT_MODE);
        if (is(KeyConfig.MODE, "none") && List.of("upsert", "update").contains(insertMode)) {
            add(
                    KeyConfig.MODE,
                    "none gives no key, and insert.mode " + insertMode
                            + " needs one. Choose another pk.mode, or insert.mode insert.");
        }
    }

    private void deleteHasKey() {
        if (!isTrue(DeleteConfig.DELETE)) {
            return;
        }
        if (is(KeyConfig.MODE, "none") || is(KeyConfig.MODE, "kafka")) {
            add(
                    DeleteConfig.DELETE,
                    "with pk.mode " + text(KeyConfig.MODE) + " a record says of no other record's row that it is to "
                            + "be deleted. Use pk.mode record_key or auto, or set delete.enabled to false.");
        }
        if (is(KeyConfig.MODE, "record_value") && !is(RecordConfig.FORMAT, "debezium")) {
            add(
                    DeleteConfig.DELETE,
                    "a tombstone has no value, so its key must come from the record key. "
                            + "Use pk.mode record_key or auto; or record.format debezium, whose envelopes name the "
                            + "deleted row; or set delete.enabled to false.");
        }
    }

    private void kafkaKeyHasThreeFields() {
        int fields = list(KeyConfig.FIELDS).size();
        if (is(KeyConfig.MODE, "kafka") && fields != 0 && fields != 3) {
            add(
                    KeyConfig.FIELDS,
                    "pk.mode kafka takes three column names, for topic, partition and offset. "
                            + "Give three, or none for __connect_topic, __connect_partition and __connect_offset.");
        }
    }

    private void widenNeedsEvolve() {
        if (isTrue(TableConfig.EVOLVE_WIDEN) && Boolean.FALSE.equals(value(TableConfig.AUTO_EVOLVE))) {
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

    private void envelopesAreExpected() {
        if (!is(RecordConfig.FORMAT, "struct") && !is(RecordConfig.FORMAT, "json")) {
            return;
        }
        String remedy = "only envelopes have, and record.format is " + text(RecordConfig.FORMAT)
                + ". Set record.format to debezium or auto.";
        if (isTrue(DeleteConfig.TRUNCATE)) {
            add(DeleteConfig.TRUNCATE, "it is about truncations, which " + remedy);
        }
        if (text(TableConfig.NAME_FORMAT).contains("${source.")) {
            add(TableConfig.NAME_FORMAT, "it asks for a field of the source, which " + remedy);
        }
    }

    private void truncationsHaveOneTask(Map<String, String> properties) {
        int tasks = DeleteConfig.tasks(properties);
        if (isTrue(DeleteConfig.TRUNCATE) && tasks > 1) {
            add(
                    DeleteConfig.TRUNCATE,
                    "with tasks.max " + tasks + " nobody can tell which rows of a table come before a truncation and "
                            + "which after, since another task may have them. Set tasks.max to 1 (write.parallelism "
                            + "gives it connections), or truncate.enabled to false.");
        }
    }

    private void conditionsNeedAKey() {
        if (!is(WriteConfig.INSERT_MODE, "insert")) {
            return;
        }
        String remedy = "insert.mode insert meets no row that is there already. Use insert.mode upsert or update";
        if (!text(WriteConfig.VERSION_COLUMN).isEmpty()) {
            add(WriteConfig.VERSION_COLUMN, remedy + ", or leave version.column empty.");
        }
        if (isTrue(WriteConfig.SKIP_UNCHANGED)) {
            add(WriteConfig.SKIP_UNCHANGED, remedy + ", or set skip.unchanged to false.");
        }
    }

    private void versionIsWritten() {
        String column = given(WriteConfig.VERSION_COLUMN);
        if (column.isEmpty()) {
            return;
        }
        if (!given(FieldConfig.DOCUMENT_COLUMN).isEmpty()) {
            add(
                    WriteConfig.VERSION_COLUMN,
                    "with document.column the fields have no columns of their own. Leave one of the two empty.");
        }
        if (list(KeyConfig.FIELDS).contains(column)) {
            add(
                    WriteConfig.VERSION_COLUMN,
                    "it is a part of the key in pk.fields, which is the same in all versions of a row. "
                            + "Name a column that grows with each version.");
        }
        if (list(FieldConfig.EXCLUDED).contains(column)) {
            add(WriteConfig.VERSION_COLUMN, "fields.blacklist leaves it out. Take it off that list.");
        }
    }

    private void documentIsWhole() {
        String column = given(FieldConfig.DOCUMENT_COLUMN);
        if (column.isEmpty()) {
            return;
        }
        for (String list : List.of(
                FieldConfig.INCLUDED, FieldConfig.EXCLUDED, FieldConfig.RENAMES, FieldConfig.TIMESTAMP_FIELDS)) {
            if (!list(list).isEmpty()) {
                add(
                        list,
                        "document.column takes the value as a whole, so that no field has a column. "
                                + "Leave this list or document.column empty.");
            }
        }
        if (list(KeyConfig.FIELDS).contains(column)) {
            add(FieldConfig.DOCUMENT_COLUMN, "pk.fields names this column too. Name another one.");
        }
    }

    private void fieldListsAgree() {
        List<FieldRule> included =
                list(FieldConfig.INCLUDED).stream().map(FieldRule::parse).toList();
        boolean bothForOneTopic = list(FieldConfig.EXCLUDED).stream()
                .map(FieldRule::parse)
                .anyMatch(excluded -> included.stream().anyMatch(excluded::mayMeet));
        if (bothForOneTopic) {
            add(
                    FieldConfig.EXCLUDED,
                    "fields.whitelist already says which fields of the same topic become columns. "
                            + "Use one of the two lists for a topic.");
        }
    }

    private void methodHasParameters(Map<String, String> properties) {
        boolean parameters = is(WriteConfig.METHOD, "unnest") || is(WriteConfig.METHOD, "rows");
        if (parameters && ConnectionConfig.isSimple(properties)) {
            add(
                    WriteConfig.METHOD,
                    text(WriteConfig.METHOD) + " sends parameters, which preferQueryMode=simple has none of. "
                            + "Leave that out of the connection's settings, or use auto or copy.");
        }
    }

    /** What a producer's transaction has aborted would be written, and PostgreSQL's offsets would say so for ever. */
    private void abortedRecordsStayAway(Map<String, String> properties) {
        String level = properties.getOrDefault(ISOLATION, "").trim();
        if (is(DeliveryConfig.GUARANTEE, "exactly_once") && !level.equalsIgnoreCase("read_committed")) {
            add(
                    DeliveryConfig.GUARANTEE,
                    "exactly_once must not read what a producer has aborted, and Kafka's consumers do so unless told. Set "
                            + ISOLATION + " to read_committed.");
        }
    }

    private @Nullable Object value(String key) {
        ConfigValue value = values.get(key);
        return value == null ? null : value.value();
    }

    private boolean is(String key, String word) {
        return text(key).equals(word);
    }

    private boolean isTrue(String key) {
        return Boolean.TRUE.equals(value(key));
    }

    private String text(String key) {
        return given(key).toLowerCase(Locale.ROOT);
    }

    private String given(String key) {
        Object value = value(key);
        return value == null ? "" : value.toString().trim();
    }

    private List<String> list(String key) {
        return value(key) instanceof List<?> entries
                ? entries.stream().map(Object::toString).toList()
                : List.of();
    }

    private void add(String key, String message) {
        ConfigValue value = values.get(key);
        if (value != null) {
            value.addErrorMessage(key + ": " + message);
        }
    }
}
