package io.sluice;

import io.sluice.config.DeleteConfig;
import io.sluice.record.RecordException;
import io.sluice.table.TableId;
import io.sluice.table.TableRouter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * Refuses truncations whose place among the rows of their table is not known. Kafka orders what is in one partition: if rows
 * come by another one, those from before the truncation may come after it and stay, and those from after it may come before
 * and be lost. Belongs to the task thread.
 */
final class Truncations {
    private static final String REMEDY =
            "Give the topic one partition, the table one topic, and the connector tasks.max=1, or set "
                    + DeleteConfig.TRUNCATE + "=false and empty the table by hand";

    private final SinkTaskContext context;
    private final TableRouter router;
    private final int tasks;

    private Truncations(SinkTaskContext context, TableRouter router, int tasks) {
        this.context = context;
        this.router = router;
        this.tasks = tasks;
    }

    /** For a task with these properties. */
    static Truncations of(Map<String, String> properties, SinkTaskContext context, TableRouter router) {
        return new Truncations(context, router, DeleteConfig.tasks(properties));
    }

    /**
     * Checks that all rows of the table come by the partition of the truncation.
     *
     * @throws RecordException where they may come by others
     */
    void requireOrder(SinkRecord truncation, TableId table) {
        if (tasks > 1) {
            throw refusal("the connector has " + tasks + " tasks, and another one may have rows of the table");
        }
        String topic = truncation.originalTopic();
        if (truncation.originalKafkaPartition() > 0) {
            throw refusal("its topic has more than one partition");
        }
        for (TopicPartition other : context.assignment()) {
            if (other.topic().equals(topic) && other.partition() > 0) {
                throw refusal("its topic has more than one partition");
            }
            if (!other.topic().equals(topic) && mayHaveRows(other.topic(), truncation, table)) {
                throw refusal("topic " + other.topic() + " may have rows of the table as well");
            }
        }
    }

    /**
     * Where the topics' names do not decide on tables, or are not those that the partitions have, they may tell all the same:
     * a topic that ends with the table's name has its rows, and one that does not has none.
     */
    private boolean mayHaveRows(String other, SinkRecord truncation, TableId table) {
        Optional<TableId> others =
                truncation.topic().equals(truncation.originalTopic()) ? router.routeTopic(other) : Optional.empty();
        return others.isPresent()
                ? isSame(others.get(), table)
                : !endsWith(truncation.originalTopic(), table) || endsWith(other, table);
    }

    /** Whether both may be one table: a name without a schema is of whichever has it. */
    private static boolean isSame(TableId one, TableId other) {
        boolean schemas = one.schema().isEmpty()
                || other.schema().isEmpty()
                || one.schema().equals(other.schema());
        return schemas && one.name().equals(other.name());
    }

    private static boolean endsWith(String topic, TableId table) {
        String name = (table.schema().isEmpty() ? "" : table.schema() + ".") + table.name();
        String end = name.toLowerCase(Locale.ROOT);
        String whole = topic.toLowerCase(Locale.ROOT);
        return whole.equals(end) || whole.endsWith("." + end);
    }

    private static RecordException refusal(String reason) {
        return new RecordException(
                "it empties the table, and nobody can tell which rows come before it and which after: " + reason,
                REMEDY);
    }
}
