package io.sluice.benchmark;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Live traffic: new rows at an even pace, each sent at once.
 *
 * <p>Threading: a thread of its own sends; others may ask how far it is, and stop it.
 */
final class LiveProducer implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final LongConsumer beforeSending;
    private final AtomicLong next;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable RuntimeException failure;

    /**
     * Starts to send.
     *
     * @param first id of the first row; the others follow
     * @param beforeSending is told each id right before its record is sent
     */
    LiveProducer(String bootstrapServers, String topic, long first, int perSecond, LongConsumer beforeSending) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.beforeSending = beforeSending;
        this.next = new AtomicLong(first);
        this.thread = new Thread(() -> run(perSecond), "benchmark-producer");
        thread.setDaemon(true);
        thread.start();
    }

    /** The id of the next row: all below it were sent. */
    long next() {
        return next.get();
    }

    /** Sends no more from now on. */
    void beginToStop() {
        stopped = true;
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    /** Ends when the broker has all that was sent. */
    void stop() {
        beginToStop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("Interrupted.", e);
        }
        if (failure != null) {
            throw new BenchmarkException("Could not produce: " + failure, failure);
        }
    }

    @Override
    public void close() {
        stopped = true;
        producer.close();
    }

    private void run(int perSecond) {
        try {
            long begin = System.nanoTime();
            for (long number = 0; !stopped; number++) {
                waitUntil(begin + number * 1_000_000_000L / perSecond);
                Event event = new Event(next.get(), next.get(), Event.Operation.CREATE);
                beforeSending.accept(event.id());
                var unused = producer.send(
                        new ProducerRecord<>(topic, Feed.key(event.id()), Format.EIGHT_COLUMNS.value(event)));
                next.incrementAndGet();
            }
            producer.flush();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private static void waitUntil(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
