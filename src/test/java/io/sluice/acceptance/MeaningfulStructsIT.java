package io.sluice.acceptance;

import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Content.tombstone;
import static io.sluice.acceptance.Content.value;

import java.math.BigDecimal;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Structs that are one value, such as a decimal of variable scale, as the whole key or the whole value of a record. */
@ExtendWith(CasesExtension.class)
final class MeaningfulStructsIT {
    private static final String ITEMS = "CREATE TABLE items (n numeric PRIMARY KEY, item text)";
    private static final String[] EXTRACT_KEY = {
        "transforms", "topic,k",
        "transforms.k.type", "org.apache.kafka.connect.transforms.ExtractField$Key",
        "transforms.k.field", "n"
    };
    private static final String[] EXTRACT_VALUE = {
        "transforms", "topic,v",
        "transforms.v.type", "org.apache.kafka.connect.transforms.ExtractField$Value",
        "transforms.v.field", "n"
    };

    @TestFactory
    Stream<DynamicTest> keys(Cases cases) {
        return cases.run(
                "keys",
                named("a decimal of variable scale that is the whole key")
                        .given(ITEMS)
                        .with("pk.mode", "record_key", "pk.fields", "n", "delete.enabled", "true")
                        .records(
                                keyed(struct("item", "pen"), "1.5"),
                                keyed(struct("item", "ink"), "2.25"),
                                keyed(struct("item", "cap"), "3"),
                                keyed(tombstone(), "1.5"))
                        .rows(row("2.25", "ink"), row("3", "cap")),
                named("a decimal of variable scale that is the whole key of a table with a key")
                        .given(ITEMS)
                        .with("delete.enabled", "true")
                        .records(
                                keyed(struct("item", "pen"), "1.5"),
                                keyed(struct("item", "ink"), "2.25"),
                                keyed(tombstone(), "1.5"))
                        .rows(row("2.25", "ink")),
                named("a decimal of variable scale that a transformation made the whole key")
                        .given(ITEMS)
                        .with("pk.mode", "record_key", "pk.fields", "n")
                        .with(EXTRACT_KEY)
                        .records(struct("item", "pen").keyStruct("n", decimal("1.5"), "other", 1))
                        .rows(row("1.5", "pen")),
                named("a decimal of variable scale that is the whole key makes a column of numbers")
                        .with("auto.create", "true", "pk.mode", "record_key", "pk.fields", "n")
                        .records(keyed(struct("item", "pen"), "1.5"))
                        .expect("SELECT pg_typeof(n)::text, n FROM items", row("numeric", "1.5")),
                named("a structured date that is the whole key")
                        .given("CREATE TABLE items (d date PRIMARY KEY, item text)")
                        .with("pk.mode", "record_key", "pk.fields", "d")
                        .records(struct("item", "pen").key(date().schema(), date().value()))
                        .rows(row("2024-02-03", "pen")),
                named("a Struct that is the whole key needs one name")
                        .given(ITEMS)
                        .with("pk.mode", "record_key", "pk.fields", "n,item")
                        .records(keyed(struct("item", "pen"), "1.5"))
                        .fails("pk.fields"),
                named("coordinates take the place of a key that is one value")
                        .given("CREATE TABLE items (__connect_topic text, __connect_partition int,"
                                + " __connect_offset bigint, item text, PRIMARY KEY (__connect_topic,"
                                + " __connect_partition, __connect_offset))")
                        .with("pk.mode", "kafka")
                        .records(keyed(struct("item", "pen"), "1.5"))
                        .expect("SELECT item FROM items", "pen"));
    }

    @TestFactory
    Stream<DynamicTest> values(Cases cases) {
        return cases.run(
                "values",
                inserting("a decimal of variable scale that is the whole value")
                        .given("CREATE TABLE items (record_value numeric)")
                        .records(value(decimal("1.50")), value(decimal("2")))
                        .rows("1.50", "2"),
                inserting("a decimal of variable scale that a transformation made the whole value")
                        .with(EXTRACT_VALUE)
                        .with("auto.create", "true", "string.output.value.column.name", "amount")
                        .records(struct("n", decimal("1.5"), "other", 1))
                        .expect("SELECT pg_typeof(amount)::text, amount FROM items", row("numeric", "1.5")),
                named("a decimal of variable scale that is the whole value, and its key")
                        .given("CREATE TABLE items (record_value numeric PRIMARY KEY)")
                        .with("pk.mode", "record_value", "pk.fields", "record_value")
                        .records(value(decimal("1.5")), value(decimal("1.5")))
                        .rows("1.5"),
                inserting("a point that is the whole value")
                        .given("CREATE TABLE items (record_value point)")
                        .records(value(point()))
                        .expect("SELECT record_value::text FROM items", "(1,2)"),
                inserting("a structured date that is the whole value")
                        .given("CREATE TABLE items (record_value date)")
                        .records(value(date()))
                        .rows("2024-02-03"),
                inserting("a decimal of variable scale that is the whole document")
                        .given("CREATE TABLE items (doc jsonb)")
                        .with("document.column", "doc")
                        .records(value(decimal("1.5")))
                        .rows("1.5"),
                inserting("a point that is the whole document")
                        .given("CREATE TABLE items (doc jsonb)")
                        .with("document.column", "doc")
                        .records(value(point()))
                        .expect("SELECT doc #>> '{}' FROM items", "(1.0,2.0)"));
    }

    private static Case inserting(String name) {
        return named(name).with("insert.mode", "insert");
    }

    private static Content keyed(Content content, String number) {
        SchemaAndValue key = decimal(number);
        return content.key(key.schema(), key.value());
    }

    private static SchemaAndValue decimal(String number) {
        BigDecimal decimal = new BigDecimal(number);
        return Values.named(
                "io.debezium.data.VariableScaleDecimal",
                "scale",
                decimal.scale(),
                "value",
                decimal.unscaledValue().toByteArray());
    }

    private static SchemaAndValue point() {
        return Values.named("io.debezium.data.geometry.Point", "x", 1.0, "y", 2.0);
    }

    private static SchemaAndValue date() {
        return Values.named("io.debezium.time.StructuredDate", "year", 2024, "month", 2, "day", 3);
    }
}
