package io.sluice.delivery;

import io.sluice.harness.Await;
import io.sluice.harness.Message;
import io.sluice.harness.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A steady stream of records into a topic: numbered versions of keys that are drawn at random. A key is always in the
 * same partition, so the last version that was produced is the one that has to be in the table in the end.
 */
final class Load implements AutoCloseable {
    private static final int CHUNKS_PER_SECOND = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Topic topic;
    private final int chunk;
    private final Random random;
    private final long[] last;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final ScheduledExecutorService producer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "load");
        thread.setDaemon(true);
        return thread;
    });
    private long version;
    private volatile long sent;

    private Load(Topic topic, int keys, int perSecond, long seed) {
        this.topic = topic;
        this.chunk = perSecond / CHUNKS_PER_SECOND;
        this.random = new Random(seed);
        this.last = new long[keys];
    }

    static Load start(Topic topic, int keys, int perSecond, long seed) {
        Load load = new Load(topic, keys, perSecond, seed);
        var unused = load.producer.scheduleAtFixedRate(load::send, 0, 1_000 / CHUNKS_PER_SECOND, TimeUnit.MILLISECONDS);
        return load;
    }

    /** The version of the last record that the broker has. Versions count from 1, one for each record. */
    long sent() {
        return sent;
    }

    /** Waits until that many more records have been produced. */
    void awaitMore(int records) {
        long wanted = sent + records;
        Await.atMost(PATIENCE).explaining(() -> "failure: " + failure).until(records + " more", () -> sent >= wanted);
    }

    /** Ends the stream and returns the last version of each key. */
    Map<Long, Long> finish() {
        close();
        if (failure.get() != null) {
            throw new IllegalStateException("The load has failed", failure.get());
        }
        Map<Long, Long> versions = new TreeMap<>();
        IntStream.range(0, last.length)
                .filter(key -> last[key] > 0)
                .forEach(key -> versions.put((long) key, last[key]));
        return versions;
    }

    @Override
    public void close() {
        producer.shutdown();
        try {
            if (!producer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The broker takes no more records");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        try {
            Message[] messages = new Message[chunk];
            Arrays.setAll(messages, any -> next());
            topic.send(messages);
            sent = version;
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    private Message next() {
        int key = random.nextInt(last.length);
        last[key] = ++version;
        return Message.json(Map.of("id", key, "version", version)).keyJson(key);
    }
}
