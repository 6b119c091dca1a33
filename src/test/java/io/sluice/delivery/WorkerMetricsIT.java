package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.JvmView;
import io.sluice.harness.Message;
import io.sluice.harness.NeedsProcesses;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import io.sluice.harness.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connectors with several tasks on one worker have metrics of their own, on new workers and on old ones. */
@ExtendWith(HarnessExtension.class)
final class WorkerMetricsIT {
    private static final String OLD = "3.9.2";
    private static final int MANY = 2_000;
    private static final int FEW = 300;

    @Test
    void keepsConnectorsAndTasksApart(Scenario test) {
        ConnectWorker worker = test.worker();
        try (JvmView jvm = worker.jvm()) {
            Sinks sinks = Sinks.start(test, worker);
            sinks.awaitWritten(test, jvm);

            assertThat(gauges(jvm, sinks.many, "rows-written-total")).isEqualTo(sinks.rowsOfMany);
            assertThat(gauges(jvm, sinks.few, "rows-written-total")).isEqualTo(sinks.rowsOfFew);
            assertThat(lags(jvm, sinks.few, "kafka.connect:type=plugins,topic=*,", "partition-lag-records"))
                    .isEqualTo(Map.of("0", 0.0, "1", 0.0));

            sinks.many.delete();
            test.await()
                    .until(
                            "the deleted one's metrics to go",
                            () -> beans(jvm, sinks.many).isEmpty()
                                    && gauges(jvm, sinks.many, "rows-written-total")
                                            .isEmpty());
            assertThat(rows(jvm, sinks.few)).isEqualTo(sinks.rowsOfFew);
            assertThat(gauges(jvm, sinks.few, "rows-written-total")).isEqualTo(sinks.rowsOfFew);
            assertThat(gauges(jvm, sinks.few, "retries-total").values()).containsOnly(0.0);
        }
    }

    @NeedsProcesses
    @Test
    void showsThemOnAWorkerBeforePluginMetrics(Scenario test) throws IOException {
        Path recording = test.logs().resolve("old.jfr");
        ConnectWorker worker = test.startWorker("old", recorded(recording).withKafka(OLD));
        try (JvmView jvm = worker.jvm()) {
            Sinks sinks = Sinks.start(test, worker);
            sinks.awaitWritten(test, jvm);
            assertThat(jvm.beans("kafka.connect:type=plugins,*")).isEmpty();

            sinks.many.delete();
            test.await()
                    .until(
                            "the deleted one's metrics to go",
                            () -> beans(jvm, sinks.many).isEmpty());
            assertThat(rows(jvm, sinks.few)).isEqualTo(sinks.rowsOfFew);
        }
        worker.stop();

        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("io.sluice.Ddl"))
                .extracting(event -> event.getString("step"))
                .anyMatch(step -> step.contains("many"))
                .anyMatch(step -> step.contains("few"));
        assertThat(events.stream()
                        .filter(event -> event.getEventType().getName().equals("io.sluice.Batch"))
                        .mapToInt(event -> event.getInt("records"))
                        .sum())
                .isGreaterThanOrEqualTo(MANY + FEW);
    }

    /** A worker whose flight recorder writes a file when it stops. */
    private static ServerOptions recorded(Path file) {
        ServerOptions usual = ServerOptions.forTests();
        List<String> arguments = new ArrayList<>(usual.jvmArguments());
        arguments.add("-XX:StartFlightRecording=dumponexit=true,filename=" + file);
        return usual.withJvmArguments(arguments.toArray(String[]::new));
    }

    /** Two connectors of two tasks, whose topics have two partitions with unlike numbers of records. */
    private record Sinks(Connector many, Connector few, Map<String, Double> rowsOfMany, Map<String, Double> rowsOfFew) {

        static Sinks start(Scenario test, ConnectWorker worker) {
            Connector many = start(test, worker, "many", MANY);
            Connector few = start(test, worker, "few", FEW);
            return new Sinks(many, few, new HashMap<>(), new HashMap<>());
        }

        private static Connector start(Scenario test, ConnectWorker worker, String name, int count) {
            Topic topic = test.topic(name + ".of", 2);
            // Of three records two are in partition 0.
            topic.send(count, i -> Message.json(Map.of("id", i, "note", name)).inPartition(i % 3 == 0 ? 1 : 0));
            Map<String, String> settings =
                    Map.of("tasks.max", "2", "table.name.format", name, "auto.create", "true", "insert.mode", "insert");
            return test.connector(worker, name)
                    .configure(test.sinkConfig(topic, settings))
                    .awaitRunning();
        }

        /** Waits until all is written, and notes which task wrote how much. */
        void awaitWritten(Scenario test, JvmView jvm) {
            await(test, jvm, many, MANY, rowsOfMany);
            await(test, jvm, few, FEW, rowsOfFew);
        }

        private static void await(
                Scenario test, JvmView jvm, Connector connector, int count, Map<String, Double> rows) {
            // Which task has which partition, and for how long, is the group's business: so lag is asked of partitions.
            test.await().until("all of " + connector.name() + " to be written", () -> {
                Map<String, Double> now = WorkerMetricsIT.rows(jvm, connector);
                Map<String, Double> lags = lags(jvm, connector, "io.sluice:type=sink-partition,", "LagRecords");
                rows.clear();
                rows.putAll(now);
                return now.size() == 2
                        && now.values().stream().mapToDouble(one -> one).sum() >= count
                        && lags.equals(Map.of("0", 0.0, "1", 0.0));
            });
        }
    }

    /** Rows written, by task. */
    private static Map<String, Double> rows(JvmView jvm, Connector connector) {
        return jvm.beans("io.sluice:type=sink-task," + quoted(connector) + ",*").stream()
                .collect(Collectors.toMap(
                        bean -> bean.getKeyProperty("task"),
                        bean -> jvm.number(bean.getCanonicalName(), "RowsWritten")));
    }

    private static Map<String, Double> lags(JvmView jvm, Connector connector, String pattern, String attribute) {
        String name = pattern.startsWith("io.sluice") ? quoted(connector) : "connector=" + connector.name();
        return jvm.beans(pattern + name + ",*").stream()
                .collect(Collectors.toMap(
                        bean -> bean.getKeyProperty("partition"),
                        bean -> jvm.number(bean.getCanonicalName(), attribute)));
    }

    private static Set<ObjectName> beans(JvmView jvm, Connector connector) {
        return jvm.beans("io.sluice:" + quoted(connector) + ",*");
    }

    private static Map<String, Double> gauges(JvmView jvm, Connector connector, String name) {
        return jvm.beans("kafka.connect:type=plugins,connector=" + connector.name() + ",task=*").stream()
                .collect(Collectors.toMap(
                        bean -> bean.getKeyProperty("task"), bean -> jvm.number(bean.getCanonicalName(), name)));
    }

    private static String quoted(Connector connector) {
        return "connector=" + ObjectName.quote(connector.name());
    }
}
