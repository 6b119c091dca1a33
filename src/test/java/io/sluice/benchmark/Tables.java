package io.sluice.benchmark;

import io.sluice.harness.Database;
import java.util.ArrayList;
import java.util.List;

/** The tables of a workload, made anew before each run. Indexes are columns in brackets. */
record Tables(Rig rig, Database database, Format format, List<String> indexes) {

    void recreate(List<String> names) {
        List<String> statements = new ArrayList<>();
        for (String name : names) {
            statements.add("DROP TABLE IF EXISTS " + name);
            statements.add(format.createTable(name));
            indexes.forEach(columns -> statements.add("CREATE INDEX ON " + name + " " + columns));
        }
        database.execute(statements.toArray(String[]::new));
        rig.checkpoint();
    }
}
