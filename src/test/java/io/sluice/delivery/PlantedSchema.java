package io.sluice.delivery;

import io.sluice.harness.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A role whose search path begins with a schema that somebody else could fill: it has all operators and functions of
 * PostgreSQL, and better matching ones, each of which fails as soon as anything runs it.
 */
record PlantedSchema(Database owner, Database database) implements AutoCloseable {
    private static final String PASSWORD = "only-for-this-test";

    private static final String PLANT = """
            DO $do$
            DECLARE
                o record;
                n int := 0;
            BEGIN
                FOR o IN
                    SELECT oprname AS name, oprleft::regtype::text AS one, oprright::regtype::text AS other,
                           oprresult::regtype::text AS result
                    FROM pg_operator WHERE oprleft <> 0 AND oprnamespace = 'pg_catalog'::regnamespace
                    UNION ALL
                    SELECT name, one, other, CASE WHEN name IN ('+', '-', '&', '|') THEN 'bigint' ELSE 'boolean' END
                    FROM unnest('{=,<>,<,<=,>,>=,+,-,&,|}'::text[]) AS name,
                         unnest('{text,varchar,bpchar,name,"char",smallint,integer,bigint,oid,xid}'::text[]) AS one,
                         unnest('{text,varchar,bpchar,name,"char",smallint,integer,bigint,oid,xid}'::text[]) AS other
                LOOP
                    n := n + 1;
                    BEGIN
                        EXECUTE format('CREATE FUNCTION planted.op%s(%s, %s) RETURNS %s LANGUAGE plpgsql AS '
                            || '$f$ BEGIN RAISE EXCEPTION ''planted''; END $f$', n, o.one, o.other, o.result);
                        EXECUTE format('CREATE OPERATOR planted.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = planted.op%s)',
                            o.name, o.one, o.other, n);
                    EXCEPTION WHEN OTHERS THEN NULL;
                    END;
                END LOOP;
                FOR o IN
                    SELECT proname AS name, pg_get_function_identity_arguments(oid) AS arguments,
                           pg_get_function_result(oid) AS result
                    FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f'
                    UNION ALL
                    SELECT 'unnest', element || '[]', 'SETOF ' || element
                    FROM unnest('{text,varchar,integer,smallint,bigint,bytea,uuid,name}'::text[]) AS element
                    UNION ALL
                    SELECT 'count', '', 'bigint'
                LOOP
                    BEGIN
                        EXECUTE format('CREATE FUNCTION planted.%I(%s) RETURNS %s LANGUAGE plpgsql AS '
                            || '$f$ BEGIN RAISE EXCEPTION ''planted''; END $f$', o.name, o.arguments, o.result);
                    EXCEPTION WHEN OTHERS THEN NULL;
                    END;
                END LOOP;
            END $do$""";

    static PlantedSchema in(Database owner) {
        String name = Database.quoted("planted_" + owner.name());
        owner.execute(
                "CREATE ROLE " + name + " LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE SCHEMA planted",
                PLANT,
                "GRANT ALL ON SCHEMA public, planted TO " + name,
                "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO " + name,
                "ALTER ROLE " + name + " SET search_path = planted, public, pg_catalog");
        return new PlantedSchema(owner, owner.as("planted_" + owner.name(), PASSWORD));
    }

    /** Runs a statement as whoever fell for it. */
    void run(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        String name = Database.quoted(database.user());
        owner.execute("DROP OWNED BY " + name, "DROP ROLE " + name);
    }
}
