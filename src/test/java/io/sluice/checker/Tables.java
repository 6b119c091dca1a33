package io.sluice.checker;

import io.sluice.harness.Database;

/** The tables of a run. What is written twice, or in the wrong order, leaves a trace. */
final class Tables {
    /** Each record is a row: its number, its partition and its place there. No key forgives a second time. */
    static final String APPENDED = "appended";
    /** One row for each key, with the version that was written last. */
    static final String UPSERTED = "upserted";

    private Tables() {}

    static void create(Database database) {
        database.execute("CREATE TABLE appended (id bigint NOT NULL, part int NOT NULL, seq bigint NOT NULL)");
        database.execute("CREATE INDEX ON appended (part, seq)");
        database.execute("CREATE TABLE counters (part int PRIMARY KEY, n bigint NOT NULL)");
        database.execute("""
                CREATE FUNCTION count_one() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO counters AS c VALUES (NEW.part, 1) ON CONFLICT (part) DO UPDATE SET n = c.n + 1;
                    RETURN NULL;
                END $$""");
        database.execute("CREATE TRIGGER count_one AFTER INSERT ON appended FOR EACH ROW EXECUTE FUNCTION count_one()");
        database.execute("CREATE TABLE upserted (id bigint PRIMARY KEY, part int, seq bigint)");
        database.execute("CREATE TABLE versions (number bigserial PRIMARY KEY, id bigint, seq bigint)");
        database.execute("""
                CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO versions (id, seq) VALUES (NEW.id, NEW.seq);
                    RETURN NULL;
                END $$""");
        database.execute(
                "CREATE TRIGGER remember AFTER INSERT OR UPDATE ON upserted FOR EACH ROW EXECUTE FUNCTION remember()");
    }
}
