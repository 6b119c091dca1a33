package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.JvmView;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connector that is deleted leaves nothing behind. */
@ExtendWith(HarnessExtension.class)
final class LifecycleIT {
    private static final int CYCLES = 10;

    @Test
    void tenConnectorsLeaveNoThreadNoConnectionAndNoBean(Scenario test) {
        Topic topic = test.topic("cycles", 2);
        topic.send(200, i -> Message.json(Map.of("id", i, "version", i)).keyJson(i));
        Rows.createTable(test.database());
        try (JvmView jvm = test.worker().jvm()) {
            cycle(test, topic, jvm, 0);
            int threads = jvm.threads().size();
            Set<ObjectName> beans = beans(jvm);

            for (int number = 1; number <= CYCLES; number++) {
                cycle(test, topic, jvm, number);
            }

            assertThat(beans(jvm)).isEqualTo(beans);
            // The worker's own pools breathe a little; a leak would be one thread or more for each of ten cycles.
            test.await()
                    .until(
                            "the threads to be as many as before",
                            () -> jvm.threads().size(),
                            now -> now <= threads + 3);
        }
    }

    private static void cycle(Scenario test, Topic topic, JvmView jvm, int number) {
        test.database().execute("TRUNCATE " + Rows.TABLE);
        Connector sink = test.connector("cycle" + number)
                .configure(test.sinkConfig(topic, Settings.of(Rows.INTO_TABLE, Map.of("tasks.max", "2"))));
        sink.awaitRunning();
        test.await().until("all rows", () -> test.database().count(Rows.TABLE) == 200);
        assertThat(ourThreads(jvm)).isNotEmpty();
        assertThat(jvm.beans("io.sluice:type=sink-task,*")).hasSize(2);
        assertThat(test.database().sessions("sluice %")).isPositive();

        sink.delete();

        test.await().until("no thread to be left", () -> ourThreads(jvm), List::isEmpty);
        test.await().until("no bean to be left", () -> ourBeans(jvm), Set::isEmpty);
        test.await().until("no connection to be left", () -> test.database().sessions("sluice %") == 0);
    }

    private static List<String> ourThreads(JvmView jvm) {
        return jvm.threads().stream()
                .filter(thread -> thread.startsWith("sluice-"))
                .toList();
    }

    private static Set<ObjectName> ourBeans(JvmView jvm) {
        return jvm.beans("io.sluice:*");
    }

    /** All names, but those in which Kafka counts its clients up. */
    private static Set<ObjectName> beans(JvmView jvm) {
        Set<ObjectName> beans = new TreeSet<>(jvm.beans("*:*"));
        beans.removeIf(bean ->
                bean.getDomain().startsWith("kafka.") || bean.getDomain().startsWith("java."));
        return beans;
    }
}
