package io.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table or a server that cannot take any record fails the task with a paragraph that says what to do. */
@ExtendWith(HarnessExtension.class)
final class BadTablesIT {

    private static final String PASSWORD = "c0rrect-h0rse";

    private final String role = "sluice_" + ProcessHandle.current().pid() + "_" + System.nanoTime();
    private Runnable cleanUp = () -> {};

    @AfterEach
    void dropRole() {
        cleanUp.run();
    }

    @Test
    void aMissingPrivilegeSaysWhatToGrant(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE items (id int PRIMARY KEY, code text)", createRole());

        assertThat(failure(test, Map.of("connection.user", role, "connection.password", PASSWORD)))
                .contains("\"items\"", "permission denied", "SQLSTATE 42501", "Grant the role")
                .doesNotContain(PASSWORD);
    }

    @Test
    void aWrongPasswordSaysWhichSettingsToCorrect(Scenario test) {
        Database database = test.database();
        database.execute("CREATE TABLE items (id int PRIMARY KEY, code text)", createRole());
        String wrong = "wr0ng-" + PASSWORD;
        requirePassword(database);

        String failure = failure(test, Map.of("connection.user", role, "connection.password", wrong));

        assertThat(failure)
                .contains("password authentication failed", "SQLSTATE 28P01", "connection.password")
                .doesNotContain(wrong);
        assertThat(test.worker().log().since(0)).noneMatch(line -> line.contains(wrong));
    }

    @Test
    void aMissingDatabaseSaysSo(Scenario test) {
        String url = test.database().inDatabase("not_there").url();

        assertThat(failure(test, Map.of("connection.url", url)))
                .contains("\"not_there\" does not exist", "SQLSTATE 3D000", "connection.url");
    }

    private String failure(Scenario test, Map<String, String> settings) {
        Topic topic = test.topic("items", 1);
        topic.send(Message.json(Map.of("id", 1, "code", "x")));
        Map<String, String> all = new TreeMap<>(settings);
        all.put("table.name.format", "items");
        // What the server would not let pass now may have been there when the connector was made.
        all.put("validation.level", "syntax");
        Connector sink = test.connector("sink").configure(test.sinkConfig(topic, all));
        String trace = sink.awaitFailedTask();
        // Connect may have committed where it began, before the record arrived.
        assertThat(sink.group(test.broker()).committed(topic).values()).allMatch(offset -> offset == 0);
        assertThat(trace).contains("topic " + topic.name());
        return trace;
    }

    private String createRole() {
        return "CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'";
    }

    /** The server trusts everybody: one line before all others makes it ask this role for its password. */
    private void requirePassword(Database database) {
        String file = String.valueOf(database.column("SHOW hba_file").get(0));
        String before = String.valueOf(database.column("SELECT pg_read_file(current_setting('hba_file'))")
                .get(0));
        writeHba(database, file, "host all " + role + " all scram-sha-256\n" + before);
        cleanUp = () -> writeHba(database.inDatabase("postgres"), file, before);
    }

    /** An empty line would be quoted, and the server would not start with it. */
    private static void writeHba(Database database, String file, String content) {
        database.execute(
                "DROP TABLE IF EXISTS hba",
                "CREATE TABLE hba AS SELECT unnest(string_to_array($hba$" + content + "$hba$, E'\\n')) AS line",
                "COPY (SELECT line FROM hba WHERE line <> '') TO '" + file
                        + "' WITH (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')",
                "DROP TABLE hba",
                "SELECT pg_reload_conf()");
    }
}
