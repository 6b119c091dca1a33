package io.sluice.quickstart;

import io.sluice.harness.Database;
import io.sluice.quickstart.QuickstartOptions.Ending;
import java.io.PrintStream;
import java.util.Locale;

/** What the user reads in the end. */
final class Report {

    private Report() {}

    static void verdict(Comparison comparison, String table, PrintStream out) {
        out.println();
        if (comparison.isEqual()) {
            out.printf(
                    Locale.ROOT,
                    "EQUAL: table \"%s\" has %,d rows, just those that it has to have.%n",
                    table,
                    comparison.rows());
            return;
        }
        out.printf(
                Locale.ROOT,
                "DIFFERENT: table \"%s\" has %,d rows, and there are %,d differences.%n",
                table,
                comparison.rows(),
                comparison.differences());
        comparison.examples().forEach(example -> out.println("  " + example));
    }

    static void addresses(Stage stage, Ending ending, PrintStream out) {
        Database database = stage.database();
        out.println();
        out.println("  REST  " + stage.connector().rest().uri() + "/connectors/"
                + stage.connector().name() + "/status");
        out.println("  JDBC  " + database.url() + "?user=" + database.user() + "&password=" + database.password());
        out.println("  psql  psql postgresql://" + database.user() + ":" + database.password() + "@" + database.host()
                + ":" + database.port() + "/" + database.name() + " -c 'SELECT * FROM \""
                + stage.topic().name() + "\" LIMIT 5'");
        out.println();
        out.println(
                switch (ending) {
                    case STAY -> "All of it keeps running. Ctrl-C stops it and removes its files.";
                    case LEAVE ->
                        "All of it stops now and its files go. With -Dstay it keeps running, to look around in.";
                });
    }
}
