package io.sluice.benchmark;

import io.sluice.benchmark.plugin.Kind;
import io.sluice.benchmark.plugin.RowForm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** What a record's value is: the name that the converter knows it by, and its bytes. */
enum Format {
    EIGHT_COLUMNS("eight", RowForm.EIGHT_COLUMNS),
    FORTY_COLUMNS("forty", RowForm.FORTY_COLUMNS),
    CHANGE_EVENTS("event", RowForm.EIGHT_COLUMNS) {
        @Override
        byte[] value(Event event) {
            byte[] bytes = new byte[1 + rows().width()];
            bytes[0] = (byte) event.operation().letter();
            rows().write(bytes, 1, event.id(), event.seq());
            return bytes;
        }
    },
    JSON("json", RowForm.EIGHT_COLUMNS) {
        @Override
        byte[] value(Event event) {
            return json(rows(), super.value(event)).getBytes(StandardCharsets.UTF_8);
        }
    };

    private final String converterForm;

    /** Does not change once it is made. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final RowForm rows;

    Format(String converterForm, RowForm rows) {
        this.converterForm = converterForm;
        this.rows = rows;
    }

    String converterForm() {
        return converterForm;
    }

    RowForm rows() {
        return rows;
    }

    byte[] value(Event event) {
        byte[] bytes = new byte[rows.width()];
        rows.write(bytes, 0, event.id(), event.seq());
        return bytes;
    }

    private static String json(RowForm form, byte[] row) {
        StringBuilder text = new StringBuilder("{");
        List<String> names = form.names();
        for (int i = 0; i < names.size(); i++) {
            text.append(i == 0 ? "\"" : ",\"").append(names.get(i)).append("\":");
            Object value = form.value(row, 0, i);
            switch (form.kind(i)) {
                case INT8, INT4, FLOAT8, BOOLEAN -> text.append(value);
                case SHORT_TEXT, LONG_TEXT -> text.append('"').append(value).append('"');
                case TIMESTAMP ->
                    text.append('"')
                            .append(Instant.ofEpochMilli(((Date) value).getTime()))
                            .append('"');
            }
        }
        return text.append('}').toString();
    }

    /** A table for the rows. */
    String createTable(String table) {
        StringBuilder sql = new StringBuilder("CREATE TABLE ").append(table).append(" (");
        List<String> names = rows.names();
        for (int i = 0; i < names.size(); i++) {
            Kind kind = rows.kind(i);
            sql.append(names.get(i)).append(' ').append(kind.sqlType()).append(", ");
        }
        return sql.append("PRIMARY KEY (id))").toString();
    }
}
