package io.sluice.delivery;

import static io.sluice.harness.Database.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Message;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shortest way through all of it. */
@ExtendWith(HarnessExtension.class)
final class FirstRowsIT {

    private static final int RECORDS = 1_000;

    @Test
    void writesEveryRecordOfATopic(Scenario test) {
        Topic people = test.topic("people", 4);
        Database database = test.database();
        database.execute("CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, age int)");
        people.send(RECORDS, i -> Message.json(Map.of("id", i, "name", "name " + i, "age", i % 100)));

        Connector sink = test.startSink(people, Map.of("table.name.format", "people"));

        test.await()
                .until(
                        "all offsets to be committed",
                        () -> sink.group(test.broker()).lag(people) == 0);
        assertThat(database.rows("SELECT id, name, age FROM people ORDER BY id"))
                .isEqualTo(expected());
    }

    private static List<List<@Nullable Object>> expected() {
        return IntStream.range(0, RECORDS)
                .mapToObj(i -> row(i, "name " + i, i % 100))
                .toList();
    }
}
