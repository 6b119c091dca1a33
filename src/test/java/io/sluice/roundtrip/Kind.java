package io.sluice.roundtrip;

import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * A kind of field.
 *
 * @param name for the message of a failure
 * @param schema makes its schema; each time a new one
 * @param made type of the column that Sluice is to make for it, as PostgreSQL names it
 * @param column type of a column made by hand; empty where Sluice makes it
 * @param query reads the column as text; {@code %s} stands for the column
 * @param samples makes values
 */
record Kind(String name, Supplier<SchemaBuilder> schema, String made, String column, String query, Samples samples) {

    /** Makes values of a field's schema. */
    @FunctionalInterface
    interface Samples {
        Sample make(Random random, Schema schema);
    }

    static Kind of(Supplier<SchemaBuilder> schema, String made, Function<Random, Sample> samples) {
        return structured(schema, made, (random, built) -> samples.apply(random));
    }

    /** A kind whose values have to know their schema. */
    static Kind structured(Supplier<SchemaBuilder> schema, String made, Samples samples) {
        return new Kind(named(schema), schema, made, "", "%s::text", samples);
    }

    /** The same field, in a column that somebody has made already. */
    Kind into(String other) {
        return new Kind(name, schema, made, other, query, samples);
    }

    /** The same column, read in another way. */
    Kind readAs(String other) {
        return new Kind(name, schema, made, column, other, samples);
    }

    boolean isMadeByHand() {
        return !column.isEmpty();
    }

    @Override
    public String toString() {
        return name + (column.isEmpty() ? "" : " into " + column);
    }

    private static String named(Supplier<SchemaBuilder> schema) {
        Schema built = schema.get().build();
        return built.name() == null ? built.type().toString() : built.name();
    }
}
