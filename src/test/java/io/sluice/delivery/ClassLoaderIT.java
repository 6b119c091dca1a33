package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A plugin that is done with can be forgotten: nothing in the JVM holds on to its classes. */
@ExtendWith(HarnessExtension.class)
final class ClassLoaderIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    /** The driver's cleaning thread stays for half a minute after the last connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /**
     * Java 17 itself holds the type for which a record's equals was linked last, and with it one class loader, until
     * another record comes by (ObjectMethods.OBJECT_EQ and its asTypeCache); later versions hold it softly. This is the
     * record that comes by.
     */
    private record Latest(TopicPartition partition) {}

    @Test
    void letsThePluginsClassLoaderBeCollected(Scenario test) {
        Rows.createTable(test.database());
        ReferenceQueue<PluginLoader> collected = new ReferenceQueue<>();

        PhantomReference<PluginLoader> loader = use(test.database(), collected);
        assertThat(new Latest(ZERO)).isEqualTo(new Latest(ZERO)).hasSameHashCodeAs(new Latest(ZERO));

        Await.atMost(PATIENCE).explaining(ClassLoaderIT::threads).until("the class loader to be collected", () -> {
            System.gc();
            return loader.refersTo(null) || collected.poll() != null;
        });
    }

    /** On a thread that ends with the task, as a worker does it: what its thread-locals hold goes with it. */
    private static PhantomReference<PluginLoader> use(Database database, ReferenceQueue<PluginLoader> queue) {
        CompletableFuture<PhantomReference<PluginLoader>> used = new CompletableFuture<>();
        Thread thread =
                new Thread(() -> used.completeAsync(() -> useHere(database, queue), Runnable::run), "task-thread");
        thread.start();
        return used.join();
    }

    private static PhantomReference<PluginLoader> useHere(Database database, ReferenceQueue<PluginLoader> queue) {
        try (PluginLoader plugin = PluginLoader.open()) {
            try (TaskRun task = TaskRun.start(plugin, database, Rows.INTO_TABLE)) {
                task.open(ZERO);
                task.put(Rows.rows(ZERO, 0, 1_000, 1));
                task.callUntil("all to be durable", () -> task.preCommit().equals(Map.of(ZERO, 1_000L)));
            }
            return new PhantomReference<>(plugin, queue);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String threads() {
        return Thread.getAllStackTraces().keySet().toString();
    }
}
