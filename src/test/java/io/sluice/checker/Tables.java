package io.sluice.checker;

import io.sluice.harness.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables of a run. What is written twice, or in the wrong order, leaves a trace. */
final class Tables {
    /** Each record is a row: its number, its partition and its place there. No key forgives a second time. */
    static final String APPENDED = "appended";
    /** One row for each key, with the version that was written last. */
    static final String UPSERTED = "upserted";
    /** Records that the others refuse. */
    static final String LETTERS = "letters";

    private Tables() {}

    static void create(Database database) {
        database.execute(
                "CREATE TABLE appended"
                        + " (id bigint NOT NULL, key text NOT NULL, part int NOT NULL, seq bigint NOT NULL, good bool NOT NULL CHECK (good))");
        database.execute("CREATE INDEX ON appended (part, seq)");
        database.execute("CREATE TABLE counters (part int PRIMARY KEY, n bigint NOT NULL)");
        database.execute("""
                CREATE FUNCTION count_one() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO counters AS c VALUES (NEW.part, 1) ON CONFLICT (part) DO UPDATE SET n = c.n + 1;
                    RETURN NULL;
                END $$""");
        database.execute("CREATE TRIGGER count_one AFTER INSERT ON appended FOR EACH ROW EXECUTE FUNCTION count_one()");
        createNeedForRoom(database);
        database.execute("CREATE TABLE upserted"
                + " (key uuid PRIMARY KEY, id bigint, part int, seq bigint, good bool CHECK (good))");
        database.execute("CREATE TABLE versions (number bigserial PRIMARY KEY, id bigint, seq bigint)");
        database.execute("""
                CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO versions (id, seq) VALUES (NEW.id, NEW.seq);
                    RETURN NULL;
                END $$""");
        database.execute(
                "CREATE TRIGGER remember AFTER INSERT OR UPDATE ON upserted FOR EACH ROW EXECUTE FUNCTION remember()");
        database.execute("CREATE TRIGGER needs_room AFTER INSERT OR UPDATE ON upserted EXECUTE FUNCTION needs_room()");
    }

    /** What is written needs room for a temporary file as soon as that is scarce, and a sequence counts what is refused. */
    private static void createNeedForRoom(Database database) {
        database.execute("CREATE SEQUENCE refusals");
        database.execute("""
                CREATE FUNCTION needs_room() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF current_setting('temp_file_limit') <> '-1' THEN
                        PERFORM nextval('refusals');
                        PERFORM count(*) FROM (SELECT n FROM generate_series(1, 300000) AS n ORDER BY n DESC) AS sorted;
                    END IF;
                    RETURN NULL;
                END $$""");
        database.execute("CREATE TRIGGER needs_room AFTER INSERT ON appended EXECUTE FUNCTION needs_room()");
    }

    /** From now on the server has no room, in sessions that are open too. */
    static void takeRoom(Database database) {
        database.execute("ALTER SYSTEM SET temp_file_limit = '64kB'", "SELECT pg_reload_conf()");
    }

    static void giveRoom(Database database) {
        database.execute("ALTER SYSTEM RESET temp_file_limit", "SELECT pg_reload_conf()");
    }

    /** How often something was written without room, and refused. */
    static long refusals(Database database) {
        return database.number("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM refusals");
    }

    /** Whether the sink has had a reason to make the table of dead letters. */
    static boolean hasLetters(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT to_regclass('" + LETTERS + "') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
