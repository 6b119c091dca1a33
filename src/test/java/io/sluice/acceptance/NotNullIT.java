package io.sluice.acceptance;

import static io.sluice.acceptance.Case.SECRET;
import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.json;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Values.typed;

import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Columns that are NOT NULL while the schemas of records change, and names that no column can have. */
@ExtendWith(CasesExtension.class)
final class NotNullIT {
    private static final Content OPTIONAL = struct("id", 2, "v", typed(Schema.OPTIONAL_STRING_SCHEMA, null));

    private static final String COLUMNS = """
            SELECT attname, format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
            FROM pg_attribute WHERE attrelid = 'items'::regclass AND attnum > 0 AND NOT attisdropped
            ORDER BY attnum""";

    @TestFactory
    Stream<DynamicTest> notNull(Cases cases) {
        return cases.run(
                "not-null",
                freeing("a required field that is gone no longer has to be given")
                        .records(
                                struct("id", 1, "v", "old"),
                                struct("id", 2),
                                struct("id", 1),
                                struct("id", 3, "v", "new"))
                        .rows(row(1, "old"), row(2, null), row(3, "new"))
                        .expect(COLUMNS, row("id", "integer NOT NULL"), row("v", "text")),
                freeing("a required field that has become optional may be null")
                        .records(struct("id", 1, "v", "old"), OPTIONAL)
                        .rows(row(1, "old"), row(2, null)),
                freeing("two required fields are gone at once")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v text NOT NULL, w int NOT NULL)")
                        .records(struct("id", 1, "v", "old", "w", 1), struct("id", 2))
                        .rows(row(1, "old", 1), row(2, null, null)),
                freeing("inserts as well")
                        .with("insert.mode", "insert")
                        .records(struct("id", 1, "v", "old"), struct("id", 2))
                        .rows(row(1, "old"), row(2, null)),
                freeing("a partitioned table and its partitions")
                        .given(
                                "CREATE TABLE items (id int PRIMARY KEY, v text NOT NULL) PARTITION BY RANGE (id)",
                                "CREATE TABLE low PARTITION OF items FOR VALUES FROM (0) TO (100)")
                        .records(struct("id", 1, "v", "old"), struct("id", 2))
                        .rows(row(1, "old"), row(2, null)),
                freeing("a column that a trigger fills keeps its NOT NULL")
                        .given(
                                "CREATE TABLE items (id int PRIMARY KEY, v text NOT NULL)",
                                "CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS "
                                        + "$$ BEGIN NEW.v = coalesce(NEW.v, 'filled'); RETURN NEW; END $$",
                                "CREATE TRIGGER fill BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION fill()")
                        .records(struct("id", 1))
                        .rows(row(1, "filled"))
                        .expect(COLUMNS, row("id", "integer NOT NULL"), row("v", "text NOT NULL")),
                freeing("a record without schema says nothing of its columns")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v text NOT NULL)")
                        .records(json("id", 1, "v", SECRET), json("id", 2))
                        .fails("column \"v\"", "NOT NULL")
                        .expect(COLUMNS, row("id", "integer NOT NULL"), row("v", "text NOT NULL")),
                freeing("a field that is left out of the columns is not gone")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v text NOT NULL)")
                        .with("fields.blacklist", "v")
                        .records(struct("id", 1, "v", SECRET))
                        .fails("column \"v\"", "NOT NULL")
                        .expect(COLUMNS, row("id", "integer NOT NULL"), row("v", "text NOT NULL")),
                freeing("a column of the replica identity stays as it is")
                        .given(
                                "CREATE TABLE items (id int PRIMARY KEY, v text NOT NULL UNIQUE)",
                                "ALTER TABLE items REPLICA IDENTITY USING INDEX items_v_key")
                        .records(struct("id", 1, "v", SECRET), struct("id", 2))
                        .fails("column \"v\"", "NOT NULL"),
                creating("without evolve.widen the message names it")
                        .with("auto.evolve", "true", "pk.mode", "record_value", "pk.fields", "id")
                        .records(struct("id", 1, "v", SECRET), struct("id", 2))
                        .fails("column \"v\"", "NOT NULL", "evolve.widen=true"),
                creating("without evolve.widen the message names it for a null as well")
                        .with("auto.evolve", "true", "pk.mode", "record_value", "pk.fields", "id")
                        .records(struct("id", 1, "v", SECRET), OPTIONAL)
                        .fails("column \"v\"", "NOT NULL", "evolve.widen=true"),
                creating("a field with the name of a system column says so")
                        .with("pk.mode", "record_value", "pk.fields", "id")
                        .records(struct("id", 1, "xmin", SECRET))
                        .fails("system column \"xmin\"", "fields.rename"),
                creating("a field with a name that is too long says so")
                        .with("pk.mode", "record_value", "pk.fields", "id")
                        .records(struct("id", 1, "a".repeat(64), SECRET))
                        .fails("a".repeat(64), "64 bytes", "fields.rename"));
    }

    private static Case freeing(String name) {
        return named(name)
                .with(
                        "auto.create", "true",
                        "auto.evolve", "true",
                        "evolve.widen", "true",
                        "pk.mode", "record_value",
                        "pk.fields", "id");
    }

    private static Case creating(String name) {
        return named(name).with("auto.create", "true");
    }
}
