package io.sluice.benchmark.plugin;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The columns of a table, and how their values lie one after the other in the bytes of a record. The first column is the
 * key {@code id}, the second {@code seq}, the number of the change that wrote the row; the others follow from that.
 */
public final class RowForm {

    private static final String[] NAMES = {"quantity", "price", "paid", "name", "note", "created"};
    private static final Kind[] KINDS = {
        Kind.INT4, Kind.FLOAT8, Kind.BOOLEAN, Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.TIMESTAMP
    };

    public static final RowForm EIGHT_COLUMNS = new RowForm(8);
    public static final RowForm FORTY_COLUMNS = new RowForm(40);

    private final List<String> names = new ArrayList<>(List.of("id", "seq"));
    private final Kind[] kinds;
    private final int[] offsets;
    private final int width;
    private final Schema schema;
    private final Field[] fields;

    private RowForm(int columns) {
        kinds = new Kind[columns];
        Arrays.fill(kinds, Kind.INT8);
        for (int i = 2; i < columns; i++) {
            int group = (i - 2) / KINDS.length;
            kinds[i] = KINDS[(i - 2) % KINDS.length];
            names.add(NAMES[(i - 2) % NAMES.length] + (group == 0 ? "" : "_" + group));
        }
        offsets = new int[columns];
        SchemaBuilder builder = SchemaBuilder.struct().name("benchmark.Row").optional();
        int at = 0;
        for (int i = 0; i < columns; i++) {
            offsets[i] = at;
            at += kinds[i].width();
            builder.field(names.get(i), kinds[i].schema());
        }
        width = at;
        schema = builder.build();
        fields = schema.fields().toArray(Field[]::new);
    }

    public List<String> names() {
        return List.copyOf(names);
    }

    public Kind kind(int column) {
        return kinds[column];
    }

    /** Bytes of a row in a record. */
    public int width() {
        return width;
    }

    /** Bytes of a row in binary COPY. */
    public int copyWidth() {
        return 2 + kinds.length * 4 + width;
    }

    Schema schema() {
        return schema;
    }

    public void write(byte[] bytes, int from, long id, long seq) {
        kinds[0].write(bytes, from, id);
        for (int i = 1; i < kinds.length; i++) {
            kinds[i].write(bytes, from + offsets[i], seq);
        }
    }

    /** The value of one column, as Connect has it. */
    public Object value(byte[] bytes, int from, int column) {
        return kinds[column].read(bytes, from + offsets[column]);
    }

    Struct read(byte[] bytes, int from) {
        Struct row = new Struct(schema);
        for (int i = 0; i < kinds.length; i++) {
            row.put(fields[i], kinds[i].read(bytes, from + offsets[i]));
        }
        return row;
    }

    /** Adds the row as a tuple of binary COPY. */
    public void copy(byte[] bytes, int from, ByteBuffer out) {
        out.putShort((short) kinds.length);
        for (int i = 0; i < kinds.length; i++) {
            kinds[i].copy(bytes, from + offsets[i], out);
        }
    }
}
