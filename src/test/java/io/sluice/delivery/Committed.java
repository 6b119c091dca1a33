package io.sluice.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.harness.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a group has promised with its committed offsets. */
final class Committed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Committed() {}

    /** The last version of each key among the records before the committed offsets. */
    static Map<Long, Long> versions(Topic topic, Map<Integer, Long> committed) {
        Map<Long, Long> versions = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> produced : topic.records()) {
            if (produced.offset() < committed.getOrDefault(produced.partition(), 0L)) {
                JsonNode row = parse(produced.value());
                versions.merge(row.path("id").asLong(), row.path("version").asLong(), Math::max);
            }
        }
        return versions;
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
