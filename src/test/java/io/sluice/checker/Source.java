package io.sluice.checker;

import io.sluice.harness.Message;
import io.sluice.harness.Topic;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A steady stream of records into a topic. Each has a key, as a number and as a UUID in one of two spellings, its partition,
 * its number there from 0 on, and whether it is good: the tables refuse the others.
 */
final class Source implements AutoCloseable {
    static final int PARTITIONS = 4;

    private static final int CHUNKS_PER_SECOND = 10;
    private static final int PER_SECOND = 1_000;
    private static final int GOOD_FOR_A_BAD_ONE = 500;
    private static final Schema SCHEMA = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("key", Schema.STRING_SCHEMA)
            .field("part", Schema.INT32_SCHEMA)
            .field("seq", Schema.INT64_SCHEMA)
            .field("good", Schema.BOOLEAN_SCHEMA)
            .build();

    private final Topic topic;
    private final Keys keys;
    private final boolean withBadOnes;
    private final Random random;
    private final long[] next = new long[PARTITIONS];
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final ScheduledExecutorService producer = Executors.newSingleThreadScheduledExecutor();

    /** Which key a record has. */
    enum Keys {
        /** One that no other record has. */
        UNIQUE,
        /** One of a few thousand, always in one partition. */
        FEW;

        long key(int partition, long seq, Random random) {
            return switch (this) {
                case UNIQUE -> seq * PARTITIONS + partition;
                case FEW -> (long) random.nextInt(1_000) * PARTITIONS + partition;
            };
        }
    }

    private Source(Topic topic, Keys keys, boolean withBadOnes, long seed) {
        this.topic = topic;
        this.keys = keys;
        this.withBadOnes = withBadOnes;
        this.random = new Random(seed);
    }

    /** Records of which some are bad if the sink tolerates that. */
    static Source start(Topic topic, Keys keys, Sink sink, long seed) {
        Source source = new Source(topic, keys, sink.keepsBadRecords(), seed);
        var unused =
                source.producer.scheduleAtFixedRate(source::send, 0, 1_000 / CHUNKS_PER_SECOND, TimeUnit.MILLISECONDS);
        return source;
    }

    Topic topic() {
        return topic;
    }

    /** How many records the broker has. */
    long sent() {
        return sent.get();
    }

    /** Ends the stream; the broker has all of it then. */
    @Override
    public void close() {
        producer.shutdown();
        try {
            if (!producer.awaitTermination(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The broker takes no more records");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RuntimeException problem = failure.get();
        if (problem != null) {
            throw new IllegalStateException("Not all could be produced", problem);
        }
    }

    private void send() {
        try {
            Message[] messages = new Message[PER_SECOND / CHUNKS_PER_SECOND];
            Arrays.setAll(messages, number -> message(number % PARTITIONS));
            topic.send(messages);
            sent.addAndGet(messages.length);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            throw e;
        }
    }

    private Message message(int partition) {
        long seq = next[partition]++;
        long id = keys.key(partition, seq, random);
        return Message.struct(
                        SCHEMA,
                        new Struct(SCHEMA)
                                .put("id", id)
                                .put("key", spelled(id))
                                .put("part", partition)
                                .put("seq", seq)
                                .put("good", !withBadOnes || random.nextInt(GOOD_FOR_A_BAD_ONE) > 0))
                .inPartition(partition);
    }

    private String spelled(long id) {
        return String.format(
                Locale.ROOT, random.nextBoolean() ? "00000000-0000-0000-0000-%012d" : "00000000000000000000%012d", id);
    }
}
