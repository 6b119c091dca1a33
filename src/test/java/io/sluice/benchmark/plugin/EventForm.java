package io.sluice.benchmark.plugin;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Change events in Debezium's envelope. In the bytes of a record the operation's letter stands before the row. */
final class EventForm implements ValueForm {

    private static final RowForm ROW = RowForm.EIGHT_COLUMNS;
    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("connector", Schema.STRING_SCHEMA)
            .field("db", Schema.STRING_SCHEMA)
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name("benchmark.public.rows.Envelope")
            .field("before", ROW.schema())
            .field("after", ROW.schema())
            .field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    private static final Field BEFORE = ENVELOPE.field("before");
    private static final Field AFTER = ENVELOPE.field("after");
    private static final Field SOURCE_FIELD = ENVELOPE.field("source");
    private static final Field OPERATION = ENVELOPE.field("op");
    private static final Field TIME = ENVELOPE.field("ts_ms");
    private static final Struct SAME_SOURCE = new Struct(SOURCE)
            .put("connector", "postgresql")
            .put("db", "benchmark")
            .put("schema", "public")
            .put("table", "rows")
            .put("ts_ms", 1_700_000_000_000L)
            .put("lsn", 1L);
    private static final Long SAME_TIME = 1_700_000_000_000L;

    /** The row stands for the state before a deletion and after everything else, as with the default replica identity. */
    @Override
    public SchemaAndValue read(String topic, byte[] bytes) {
        Struct event = new Struct(ENVELOPE);
        event.put(bytes[0] == 'd' ? BEFORE : AFTER, ROW.read(bytes, 1));
        event.put(SOURCE_FIELD, SAME_SOURCE);
        event.put(OPERATION, operation(bytes[0]));
        event.put(TIME, SAME_TIME);
        return new SchemaAndValue(ENVELOPE, event);
    }

    private static String operation(byte letter) {
        return switch (letter) {
            case 'c' -> "c";
            case 'u' -> "u";
            default -> "d";
        };
    }
}
