package io.sluice.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Record headers as the row's key; the last header of a name counts. */
final class HeaderKeySource implements KeySource {
    private final List<String> names;
    private final LruCache<List<Field>, PartShape> shapes = new LruCache<>(PartShape::heldBytes);

    HeaderKeySource(List<String> names) {
        this.names = names;
    }

    @Override
    public @Nullable Object part(SinkRecord record) {
        return headers(record).stream().map(Header::value).toArray();
    }

    @Override
    public PartShape shape(SinkRecord record) {
        List<Field> fields = new ArrayList<>();
        for (Header header : headers(record)) {
            Schema schema = header.schema();
            FieldType type = schema == null ? FieldTypes.ofValue(header.key(), header.value()) : FieldTypes.of(schema);
            fields.add(new Field(header.key(), type, true, Field.Role.KEY));
        }
        return shapes.computeIfAbsent(fields, PartShape.OfArray::new);
    }

    private List<Header> headers(SinkRecord record) {
        List<Header> headers = new ArrayList<>();
        if (names.isEmpty()) {
            Map<String, Header> last = new TreeMap<>();
            record.headers().forEach(header -> last.put(header.key(), header));
            headers.addAll(last.values());
        }
        for (String name : names) {
            Header header = record.headers().lastWithName(name);
            if (header == null) {
                throw new RecordException(
                        "the record has no header \"" + name + "\", which pk.fields names as a part of the key",
                        "Produce the header with every record, or correct pk.fields");
            }
            headers.add(header);
        }
        if (headers.isEmpty()) {
            throw new RecordException(
                    "the record has no headers, and pk.mode record_header takes the row's key from there",
                    "Produce records with headers, or choose another pk.mode");
        }
        return headers;
    }
}
