package io.sluice.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.jspecify.annotations.Nullable;

/**
 * What is to be put into a topic. Without a partition or timestamp the producer chooses.
 */
public final class Message {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonConverter WITH_SCHEMA = withSchema();

    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final @Nullable Integer partition;
    private final @Nullable Long timestamp;
    private final Map<String, String> headers;

    private Message(
            byte @Nullable [] key,
            byte @Nullable [] value,
            @Nullable Integer partition,
            @Nullable Long timestamp,
            Map<String, String> headers) {
        this.key = key;
        this.value = value;
        this.partition = partition;
        this.timestamp = timestamp;
        this.headers = headers;
    }

    /** JSON without a schema, from a map, a list, a text, a number or null inside them. */
    public static Message json(Object value) {
        return new Message(null, jsonBytes(value), null, null, Map.of());
    }

    /** The bytes of a text, which need not be JSON. */
    public static Message text(String value) {
        return new Message(null, value.getBytes(StandardCharsets.UTF_8), null, null, Map.of());
    }

    /** JSON in the envelope {@code {"schema": …, "payload": …}} of Connect's JsonConverter. */
    public static Message struct(Schema schema, Object value) {
        return new Message(null, WITH_SCHEMA.fromConnectData("any", schema, value), null, null, Map.of());
    }

    /** Bytes as they are; null for a tombstone. */
    public static Message bytes(byte @Nullable [] value) {
        return new Message(null, value, null, null, Map.of());
    }

    public static Message tombstone() {
        return new Message(null, null, null, null, Map.of());
    }

    public Message keyText(String text) {
        return keyBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public Message keyJson(Object json) {
        return keyBytes(jsonBytes(json));
    }

    public Message keyStruct(Schema schema, Object struct) {
        return keyBytes(WITH_SCHEMA.fromConnectData("any", schema, struct));
    }

    public Message inPartition(int number) {
        return new Message(key, value, number, timestamp, headers);
    }

    public Message at(long epochMillis) {
        return new Message(key, value, partition, epochMillis, headers);
    }

    public Message header(String name, String text) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, text);
        return new Message(key, value, partition, timestamp, more);
    }

    public Message keyBytes(byte[] bytes) {
        return new Message(bytes, value, partition, timestamp, headers);
    }

    ProducerRecord<byte[], byte[]> to(String topic) {
        ProducerRecord<byte[], byte[]> producible = new ProducerRecord<>(topic, partition, timestamp, key, value);
        headers.forEach((name, text) -> producible.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return producible;
    }

    private static byte[] jsonBytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new HarnessException("Not to be written as JSON: " + value, e);
        }
    }

    private static JsonConverter withSchema() {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", true, "replace.null.with.default", false), false);
        return converter;
    }
}
