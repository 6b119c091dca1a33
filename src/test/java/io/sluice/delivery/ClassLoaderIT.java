package io.sluice.delivery;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.io.IOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A plugin that is done with can be forgotten: nothing in the JVM holds on to its classes. */
@ExtendWith(HarnessExtension.class)
final class ClassLoaderIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    /** The driver's cleaning thread stays for half a minute after the last connection. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void letsThePluginsClassLoaderBeCollected(Scenario test) {
        Rows.createTable(test.database());
        ReferenceQueue<PluginLoader> collected = new ReferenceQueue<>();

        PhantomReference<PluginLoader> loader = use(test.database(), collected);

        Await.atMost(PATIENCE).explaining(ClassLoaderIT::threads).until("the class loader to be collected", () -> {
            System.gc();
            return loader.refersTo(null) || collected.poll() != null;
        });
    }

    private static PhantomReference<PluginLoader> use(Database database, ReferenceQueue<PluginLoader> queue) {
        try (PluginLoader plugin = PluginLoader.open()) {
            try (TaskRun task = TaskRun.start(plugin, database, Rows.INTO_TABLE)) {
                task.open(ZERO);
                task.put(Rows.rows(ZERO, 0, 1_000, 1));
                task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 1_000L)));
            }
            return new PhantomReference<>(plugin, queue);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String threads() {
        return Thread.getAllStackTraces().keySet().toString();
    }
}
