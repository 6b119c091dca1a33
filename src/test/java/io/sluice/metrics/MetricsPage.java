package io.sluice.metrics;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The page of the metrics, out of the beans and events themselves. */
final class MetricsPage {
    private final StringBuilder page = new StringBuilder();

    static String write() {
        MetricsPage metrics = new MetricsPage();
        metrics.introduction();
        metrics.alerts();
        metrics.bean("The task", "task", "", SinkTaskMXBean.class);
        metrics.bean("Its partitions", "partition", ",topic=\"…\",partition=…", SinkPartitionMXBean.class);
        metrics.bean("How long its steps take", "latency", ",step=…", SinkLatencyMXBean.class);
        metrics.steps();
        metrics.bean("What it tries again", "retries", ",sqlstate=…", SinkRetriesMXBean.class);
        metrics.afterRetries();
        metrics.events();
        return metrics.page.toString();
    }

    private void introduction() {
        page.append("""
                # Metrics

                This page is written by a test out of the code; change it there (`mvn test -Dtest=MetricsPageTest -Ddocs.write`).

                Each task shows its numbers in the worker's JVM in two ways:

                - as MBeans, on every worker: `io.sluice:type=sink-task,connector="…",task=…` and the others below, all of their
                  attributes single numbers. A partition's is there for as long as the task has the partition;
                - as Kafka's own plugin metrics, on workers from 4.1 on: `kafka.connect:type=plugins,connector=…,task=…`. There a
                  name is in lower case with hyphens, and has its bean's type in front unless that is the task's. So
                  `RowsWritten` is `rows-written-total`, and `LagSeconds` is `partition-lag-seconds` with the tags `topic` and
                  `partition`. What the worker's `metric.reporters` export, they export.

                Counters start at zero with the task. The rules for Prometheus' JMX exporter that Kafka's images bring do not know
                either; this one, put before them, takes all MBeans:

                ```yaml
                - pattern: 'io\\.sluice<type=sink-(\\w+), connector="(.+?)", task=(\\d+)(?:, (\\w+)="?(.+?)"?)?(?:, (\\w+)=(\\d+))?><>(\\w+):'
                  name: sluice_$1_$8
                  labels: {connector: "$2", task: "$3", "$4": "$5", "$6": "$7"}
                ```

                All of it costs a few additions and clock readings for each transaction, and of a record no more than that its
                offset and its timestamp are kept.
                """);
    }

    private void alerts() {
        page.append("""

                ## Worth an alert

                | what | when | why |
                |---|---|---|
                | `LagSeconds` of a partition | above what readers of the tables bear | rows come late |
                | `StalledSeconds` | above a few minutes | records wait and nothing becomes durable; `Anomaly` says why, as far as PostgreSQL knows |
                | `DeadLetters` | it grows | records were put aside and want a look |
                | `CatchUpSeconds` of a partition | -1 for a quarter of an hour while `LagRecords` is large | more comes than is written |
                | `PartitionsFenced` | it grows without a rebalance | two tasks take a partition from each other |
                | `kafka.connect:type=connector-task-metrics`, `status` | `failed` | a failed task has no metrics any more: this one is Connect's own |

                ## Out of the ordinary

                Once a second the task compares its numbers with what they used to be: lags that grow, lanes that stand still,
                retries that pile up. While something is out of the ordinary, PostgreSQL is asked what the lanes wait for, over a
                connection that is closed again; `Anomalies` counts, `Anomaly` says it in words, and the log has a line when it
                begins (of one subject and cause at most one in five minutes) and one when it is over:

                ```
                orders falls behind: 12,000 records a second in, 9,500 out, 80,000 are waiting; writing waits on a lock held by pid 4711, application psql, idle in transaction, in a transaction for 35 seconds
                ```

                What PostgreSQL lets the connector's role see is enough for locks. For the state of other roles' sessions, and
                for checkpoints, the role needs `pg_read_all_stats`. Behind a pooler PostgreSQL's processes are not known, and the
                cause is not either.
                """);
    }

    private void bean(String title, String type, String labels, Class<?> view) {
        page.append("\n## ").append(title).append("\n\n`io.sluice:type=sink-").append(type);
        page.append(",connector=\"…\",task=…")
                .append(labels)
                .append("`\n\n| attribute | kind | meaning |\n|---|---|---|\n");
        for (Attribute attribute : Attribute.of(view)) {
            String kind = attribute.counter() ? "counter" : attribute.isNumber() ? "gauge" : "text, JMX only";
            row(code(attribute.name()), kind, attribute.text());
        }
    }

    private void steps() {
        page.append("""

                All of the last minute, in milliseconds. The steps are:

                | step | what it is |
                |---|---|
                | `copy` | rows copied straight into their table |
                | `merge` | any other statement that writes or deletes rows, with their way to the server |
                | `commit` | the commit alone |
                | `transaction` | a transaction from its first statement to its commit |
                | `visible` | from a record's timestamp in Kafka to its row in PostgreSQL; of each transaction the first and the last record |
                """);
    }

    private void afterRetries() {
        page.append("""

                `sqlstate` is the first two characters of the SQLSTATE, its class: `08` is the connection, `40` deadlocks and
                serialization, `53` a resource that the server is out of, `55` locks, `57` a server on its way down. `none` is a
                failure without one. A bean is there from its first retry on.
                """);
    }

    private void events() {
        page.append("""

                ## Events of the flight recorder

                A recording of the worker (`jcmd … JFR.start`) has these, under Sluice. Without a recording they cost next to nothing.

                | event | what it is | fields |
                |---|---|---|
                """);
        for (Class<? extends Event> event :
                List.of(BatchEvent.class, RetryEvent.class, PauseEvent.class, DdlEvent.class)) {
            row(
                    code(event.getAnnotation(Name.class).value()),
                    event.getAnnotation(Description.class).value(),
                    Arrays.stream(event.getDeclaredFields())
                            .filter(field -> field.isAnnotationPresent(Label.class))
                            .map(Field::getName)
                            .map(MetricsPage::code)
                            .collect(Collectors.joining(", ")));
        }
    }

    private void row(String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
