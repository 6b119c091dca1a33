package io.sluice.benchmark.plugin;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of the benchmark's rows, as cheaply as Connect allows, and notes when it began and when it was done.
 * {@code form} names the rows, {@code stopwatch} is where the times go, {@code expected} the number of records.
 */
public final class RowConverter implements Converter {

    private @Nullable ValueForm form;
    private @Nullable Stopwatch stopwatch;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        form = ValueForm.named(text(configs, "form"));
        stopwatch = new Stopwatch(Path.of(text(configs, "stopwatch")), Long.parseLong(text(configs, "expected")));
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        stopwatch.call();
        return value == null ? SchemaAndValue.NULL : form.read(topic, value);
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        throw new DataException("The benchmark's rows are only read.");
    }

    private static String text(Map<String, ?> configs, String name) {
        Object value = configs.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The benchmark's converter has no " + name + ".");
        }
        return value.toString();
    }
}
