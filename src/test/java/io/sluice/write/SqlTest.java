package io.sluice.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.batch.ColumnSet;
import io.sluice.batch.WireColumn;
import io.sluice.config.RowConditions;
import io.sluice.table.TableId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The statements as whole texts. They differ by where they read the rows, and in nothing else. */
final class SqlTest {
    private static final TableId TABLE = new TableId("shop", "orders");
    private static final RowConditions ALWAYS = new RowConditions("", false);
    private static final RowConditions CHANGED = new RowConditions("", true);
    private static final WireColumn ID =
            new WireColumn("id", "int8", "pg_catalog.int8", "pg_catalog.int8", "pg_catalog", false, true, true);
    private static final WireColumn ITEM =
            new WireColumn("item", "text", "ext.citext", "ext.citext", "ext", true, false, true);
    private static final WireColumn REVISION =
            new WireColumn("revision", "int4", "pg_catalog.int4", "pg_catalog.int4", "pg_catalog", false, true, true);

    private static final String STAGED = "pg_temp.sluice_stage_0f AS s";
    private static final String ARRAYS = "ROWS FROM (pg_catalog.unnest(?::pg_catalog._int8), "
            + "pg_catalog.unnest(?::pg_catalog._text), pg_catalog.unnest(?::pg_catalog._int4))";
    private static final String UNNESTED = ARRAYS + " AS s(c0, c1, c2)";
    private static final String NUMBERED = ARRAYS + " WITH ORDINALITY AS s(c0, c1, c2, n)";
    private static final String SINGLE =
            "(VALUES (?::pg_catalog.int8, ?::pg_catalog.text, ?::pg_catalog.int4)) AS s(c0, c1, c2)";

    private final ColumnSet columns = columns(List.of(), Optional.empty());
    private final ColumnSet versioned = columns(List.of(), Optional.of(2));

    @Test
    void insertsFromAnySource() {
        assertThat(sources(columns).map(source -> Sql.insert(TABLE, columns, source)))
                .containsExactly(reading("""
                        INSERT INTO "shop"."orders" AS t ("id", "item", "revision") \
                        SELECT s.c0, s.c1::ext.citext, s.c2 FROM %s""", STAGED, UNNESTED, SINGLE));
    }

    @Test
    void upsertsFromAnySource() {
        assertThat(sources(columns).map(source -> Sql.upsert(TABLE, columns, source, ALWAYS)))
                .containsExactly(reading("""
                        INSERT INTO "shop"."orders" AS t ("id", "item", "revision") \
                        SELECT s.c0, s.c1::ext.citext, s.c2 FROM %s \
                        ON CONFLICT ("id") DO UPDATE SET "item" = EXCLUDED."item", "revision" = EXCLUDED."revision\"""", STAGED, UNNESTED, SINGLE));
    }

    @Test
    void readsWhatIsKeptFromTheRowThatIsThere() {
        ColumnSet kept = columns(List.of("note"), Optional.empty());

        assertThat(sources(kept).map(source -> Sql.upsert(TABLE, kept, source, ALWAYS)))
                .containsExactly(reading("""
                        INSERT INTO "shop"."orders" AS t ("id", "item", "revision", "note") \
                        SELECT s.c0, s.c1::ext.citext, s.c2, t."note" FROM %s \
                        LEFT JOIN "shop"."orders" AS t ON t."id" OPERATOR(pg_catalog.=) s.c0 \
                        ON CONFLICT ("id") DO UPDATE SET "item" = EXCLUDED."item", "revision" = EXCLUDED."revision\"""", STAGED, UNNESTED, SINGLE));
    }

    @Test
    void upsertsTheLastOfTheNewestVersions() {
        String newest = """
                INSERT INTO "shop"."orders" AS t ("id", "item", "revision") \
                SELECT DISTINCT ON (s.c0) s.c0, s.c1::ext.citext, s.c2 FROM %s \
                ORDER BY s.c0, s.c2 DESC NULLS LAST, %s DESC \
                ON CONFLICT ("id") DO UPDATE SET "item" = EXCLUDED."item", "revision" = EXCLUDED."revision" \
                WHERE (t."revision" IS NULL OR EXCLUDED."revision" OPERATOR(pg_catalog.>=) t."revision")""";

        assertThat(sources(versioned).map(source -> Sql.upsert(TABLE, versioned, source, ALWAYS)))
                .containsExactly(newest.formatted(STAGED, "s.ctid"), newest.formatted(NUMBERED, "s.n"), """
                        INSERT INTO "shop"."orders" AS t ("id", "item", "revision") \
                        SELECT s.c0, s.c1::ext.citext, s.c2 FROM (VALUES (?::pg_catalog.int8, ?::pg_catalog.text, ?::pg_catalog.int4)) AS s(c0, c1, c2) \
                        ON CONFLICT ("id") DO UPDATE SET "item" = EXCLUDED."item", "revision" = EXCLUDED."revision" \
                        WHERE (t."revision" IS NULL OR EXCLUDED."revision" OPERATOR(pg_catalog.>=) t."revision")""");
    }

    @Test
    void updatesWhatWouldChange() {
        assertThat(sources(columns).map(source -> Sql.update(TABLE, columns, source, CHANGED)))
                .containsExactly(reading("""
                        UPDATE "shop"."orders" AS t SET "item" = s.c1::ext.citext, "revision" = s.c2 FROM %s \
                        WHERE t."id" OPERATOR(pg_catalog.=) s.c0 AND NOT ROW(t."item"::ext.citext, t."revision"::pg_catalog.int4)::pg_catalog.record OPERATOR(pg_catalog.*=) \
                        ROW(s.c1::ext.citext, s.c2::pg_catalog.int4)::pg_catalog.record""", STAGED, UNNESTED, SINGLE));
    }

    @Test
    void updatesToTheLastOfTheNewestVersions() {
        String rows = "(SELECT DISTINCT ON (s.c0) s.* FROM %s ORDER BY s.c0, s.c2 DESC NULLS LAST, %s DESC) AS s";

        assertThat(sources(versioned).map(source -> Sql.update(TABLE, versioned, source, ALWAYS)))
                .containsExactly(
                        reading("""
                        UPDATE "shop"."orders" AS t SET "item" = s.c1::ext.citext, "revision" = s.c2 FROM %s \
                        WHERE t."id" OPERATOR(pg_catalog.=) s.c0 AND (t."revision" IS NULL OR s.c2 OPERATOR(pg_catalog.>=) t."revision")""", rows.formatted(STAGED, "s.ctid"), rows.formatted(NUMBERED, "s.n"), SINGLE));
    }

    @Test
    void deletesFromAnySource() {
        ColumnSet key = new ColumnSet(List.of(ID), 1, List.of(), Optional.empty());

        assertThat(sources(key).map(source -> Sql.delete(TABLE, key, source)))
                .containsExactly(reading(
                        "DELETE FROM \"shop\".\"orders\" AS t USING %s WHERE t.\"id\" OPERATOR(pg_catalog.=) s.c0",
                        STAGED,
                        "ROWS FROM (pg_catalog.unnest(?::pg_catalog._int8)) AS s(c0)",
                        "(VALUES (?::pg_catalog.int8)) AS s(c0)"));
    }

    @Test
    void namesStagesByTheirTypes() {
        Stage stage = Stage.of(List.of("int8", "text"));

        assertThat(stage).isEqualTo(Stage.of(List.of("int8", "text"))).isNotEqualTo(Stage.of(List.of("int4", "text")));
        assertThat(Sql.createStage(new Stage("sluice_stage_0f"), List.of("int8", "_text")))
                .isEqualTo(
                        "CREATE TEMPORARY TABLE IF NOT EXISTS sluice_stage_0f (c0 pg_catalog.int8, c1 pg_catalog._text)"
                                + " ON COMMIT DELETE ROWS");
    }

    @Test
    void probesOneColumn() {
        assertThat(Sql.probe(columns, 1, "public.citext"))
                .isEqualTo(
                        "SELECT r.c FROM (VALUES (?::pg_catalog.text)) AS s(c1), pg_catalog.jsonb_to_record("
                                + "pg_catalog.jsonb_build_object('c', (s.c1::ext.citext)::pg_catalog.text)) AS r(c public.citext)");
    }

    private static Stream<RowSource> sources(ColumnSet columns) {
        return Stream.of(new Stage("sluice_stage_0f"), ColumnArrays.of(columns), SingleRows.of(columns));
    }

    private static String[] reading(String statement, String... relations) {
        return Stream.of(relations).map(statement::formatted).toArray(String[]::new);
    }

    private static ColumnSet columns(List<String> kept, Optional<Integer> version) {
        return new ColumnSet(List.of(ID, ITEM, REVISION), 1, kept, version);
    }
}
