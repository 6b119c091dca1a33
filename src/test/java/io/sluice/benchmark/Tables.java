package io.sluice.benchmark;

import io.sluice.harness.Database;
import java.util.ArrayList;
import java.util.List;

/** The tables of a workload, made anew before each run, with statements for each of them, in which %s is its name. */
record Tables(Rig rig, Database database, Format format, List<String> additions) {

    void recreate(List<String> names) {
        List<String> statements = new ArrayList<>();
        for (String name : names) {
            statements.add("DROP TABLE IF EXISTS " + name);
            statements.add(format.createTable(name));
            additions.forEach(addition -> statements.add(addition.formatted(name)));
        }
        database.execute(statements.toArray(String[]::new));
        rig.checkpoint();
    }
}
