package io.sluice.delivery;

import io.sluice.harness.Database;
import io.sluice.harness.PostgresOptions;
import io.sluice.harness.PostgresServer;
import io.sluice.harness.Scenario;
import java.util.Map;

/**
 * Two servers, one of which follows the other asynchronously.
 *
 * @param before the database on the primary
 * @param after the same on the standby
 */
record PrimaryAndStandby(PostgresServer primary, PostgresServer standby, Database before, Database after) {
    static PrimaryAndStandby start(Scenario test, String database) {
        PostgresServer primary = test.startPostgres("primary", PostgresOptions.forTests());
        PostgresServer standby = test.startStandby("standby", primary);
        return new PrimaryAndStandby(
                primary,
                standby,
                primary.createDatabase(database),
                standby.admin().inDatabase(database));
    }

    /** The settings of a connector that writes to whichever of the two is the primary. */
    Map<String, String> settings() {
        String url = "jdbc:postgresql://%s:%d,%s:%d/%s"
                .formatted(before.host(), before.port(), after.host(), after.port(), before.name());
        return Map.of("connection.url", url, "connection.targetServerType", "primary");
    }

    void promote() {
        standby.admin().execute("SELECT pg_promote()");
    }
}
