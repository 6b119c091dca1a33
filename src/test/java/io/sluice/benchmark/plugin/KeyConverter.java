package io.sluice.benchmark.plugin;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/** Makes keys {@code {id}}, as change events have them. */
public final class KeyConverter implements Converter {

    private static final Schema SCHEMA = SchemaBuilder.struct()
            .name("benchmark.Key")
            .field("id", Schema.INT64_SCHEMA)
            .build();
    private static final Field ID = SCHEMA.field("id");

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        long id = ByteBuffer.wrap(value).getLong();
        return new SchemaAndValue(SCHEMA, new Struct(SCHEMA).put(ID, id));
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        throw new DataException("The benchmark's keys are only read.");
    }
}
