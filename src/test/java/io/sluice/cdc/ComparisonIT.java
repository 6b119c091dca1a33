package io.sluice.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The comparison has to see every difference, since what it does not see counts as equal. */
@ExtendWith(HarnessExtension.class)
final class ComparisonIT {

    private static final String[] ROWS = {
        "CREATE TABLE t (a int, b text, c numeric, x text, PRIMARY KEY (b, a))",
        "INSERT INTO t SELECT n % 7, 'k' || n, n / 4.0, repeat('x', n) FROM generate_series(1, 3000) n"
    };

    private Database source;
    private Database copy;

    @BeforeEach
    void makeTwoEqualTables(Scenario scenario) {
        source = scenario.database("source");
        copy = scenario.database("copy");
        source.execute(ROWS);
        copy.execute(ROWS);
    }

    @Test
    void equalTablesHaveNoDifference() {
        copy.execute(
                "CREATE TABLE u AS SELECT * FROM t ORDER BY a, b", "DELETE FROM t", "INSERT INTO t SELECT * FROM u");

        assertThat(differences()).isEmpty();
    }

    @Test
    void namesTheRowAndTheColumnThatDiffer() {
        copy.execute("UPDATE t SET c = 5.00 WHERE b = 'k20'");

        assertThat(differences())
                .containsExactly("public.t (k20,6): c is 5.0000000000000000 in the source and 5.00 in the copy");
    }

    @Test
    void tellsNullFromTheEmptyText() {
        copy.execute("UPDATE t SET x = NULL WHERE b = 'k1'");
        source.execute("UPDATE t SET x = '' WHERE b = 'k1'");

        assertThat(differences()).singleElement().asString().contains("x is  in the source and null in the copy");
    }

    @Test
    void findsTheRowThatTheCopyLacks() {
        copy.execute("DELETE FROM t WHERE b = 'k2999'");

        assertThat(differences()).containsExactly("public.t lacks in the copy (k2999,3)");
    }

    @Test
    void findsTheRowThatOnlyTheCopyHas() {
        copy.execute("INSERT INTO t (a, b) VALUES (1, 'Ω'), (1, '🙂')");

        assertThat(differences())
                .containsExactly("public.t has only in the copy (Ω,1)", "public.t has only in the copy (🙂,1)");
    }

    @Test
    void findsColumnsThatAreMissingOrTooMany() {
        copy.execute("ALTER TABLE t RENAME c TO d");

        assertThat(differences())
                .containsExactly("public.t has no column c in the copy", "public.t has a column d in the copy");
    }

    @Test
    void findsTheTableThatTheCopyLacks() {
        copy.execute("DROP TABLE t");

        assertThat(differences()).hasSize(4).allMatch(difference -> difference.startsWith("public.t has no column "));
    }

    @Test
    void countsEqualRowsOfATableWithoutAKey() {
        String[] rows = {"CREATE TABLE u (a int, b text)", "INSERT INTO u VALUES (1, 'x'), (1, 'x'), (2, NULL)"};
        source.execute(rows);
        copy.execute(rows);
        copy.execute("INSERT INTO u VALUES (1, 'x')");

        assertThat(differences()).containsExactly("public.u has only in the copy (1,x)");
    }

    @Test
    void comparesWhatALimitLeavesOfAColumn() {
        Limit limit = Limit.comparedAs("trim_scale(%s)", "public.t", "c", "zeros at the end");
        copy.execute("UPDATE t SET c = 5.00 WHERE b = 'k20'");
        assertThat(differences(limit)).isEmpty();

        copy.execute("UPDATE t SET c = 5.01 WHERE b = 'k20'");
        assertThat(differences(limit)).hasSize(1);
    }

    @Test
    void leavesAColumnOutThatIsLost() {
        copy.execute("ALTER TABLE t DROP c");

        assertThat(differences(Limit.lost("public.t", "c", "not streamed"))).isEmpty();
        assertThat(differences(Limit.lost("public.u", "c", "another table"))).hasSize(1);
    }

    @Test
    void leavesATableOutThatIsNotCopied() {
        source.execute("CREATE TABLE left_out (a int)");

        assertThat(differences()).isEmpty();
    }

    private List<String> differences(Limit... limits) {
        return new Comparison(source, copy, Set.of("public.left_out"), List.of(limits)).differences();
    }
}
