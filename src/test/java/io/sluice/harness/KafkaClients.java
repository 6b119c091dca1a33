package io.sluice.harness;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The clients of one broker, made when first used. They find the broker again after it was away. */
final class KafkaClients implements AutoCloseable {

    private final String bootstrapServers;
    private @Nullable Admin admin;
    private @Nullable Producer<byte[], byte[]> producer;

    KafkaClients(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings(Map.of("reconnect.backoff.max.ms", 200, "retry.backoff.max.ms", 200)));
        }
        return admin;
    }

    /**
     * One producer for all, with batches large enough for hundreds of thousands of records a second.
     *
     * <p>One request at a time: a broker takes a second batch for the first one of a partition that was not ready for
     * the first, and from then on refuses the first as out of sequence.
     */
    synchronized Producer<byte[], byte[]> producer() {
        if (producer == null) {
            Map<String, Object> bulk = Map.of(
                    "max.in.flight.requests.per.connection",
                    1,
                    "linger.ms",
                    5,
                    "batch.size",
                    256 * 1024,
                    "buffer.memory",
                    64L << 20,
                    "max.request.size",
                    32 << 20,
                    // A broker that was killed may be long in coming back on a machine that is busy.
                    "max.block.ms",
                    900_000,
                    "delivery.timeout.ms",
                    900_000);
            producer = new KafkaProducer<>(settings(bulk), new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    Producer<byte[], byte[]> transactionalProducer(String transactionalId) {
        Map<String, Object> settings = settings(Map.of("transactional.id", transactionalId));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = settings(Map.of("enable.auto.commit", false));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    private Map<String, Object> settings(Map<String, Object> special) {
        Map<String, Object> settings = new HashMap<>(special);
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }
}
