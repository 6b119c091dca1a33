package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Await;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trigger raises errors of any class with a value in their words: nobody writes that down, and nobody floods the log. */
@ExtendWith(HarnessExtension.class)
final class RaisedErrorsIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final String CANARY = "4242424242";
    private static final Duration WHILE = Duration.ofSeconds(2);
    private static final int FEW = 6;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0A000", "08000", "08006", "08P01", "57P01", "57P02", "57P03", "57014", "28000", "28P01", "53300",
                "53200", "40001", "XX000", "01000", "P0001"
            })
    void leaveNoValueInTheLog(String state, Scenario test) {
        Database database = test.database();
        Rows.createTable(database);
        database.execute(
                """
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.version = %s THEN
                        RAISE WARNING 'careful with %%', NEW.version;
                        RAISE EXCEPTION 'no more connections allowed for %%', NEW.version
                            USING ERRCODE = '%s', DETAIL = NEW.version, HINT = NEW.version;
                    END IF;
                    RETURN NEW;
                END $$""".formatted(CANARY, state),
                "CREATE TRIGGER refuses BEFORE INSERT ON versions FOR EACH ROW EXECUTE FUNCTION refuse()");
        List<String> said = new ArrayList<>();
        try (CapturedLog log = CapturedLog.start();
                TaskRun task = TaskRun.start(database, Settings.of(Rows.INTO_TABLE, Map.of("max.retries", "1000")))) {
            task.open(ZERO);
            task.put(Rows.row(ZERO, 0, 1, 1));
            task.callUntil("the first row", () -> task.preCommit().equals(Map.of(ZERO, 1L)));
            task.put(Rows.row(ZERO, 1, 2, Long.parseLong(CANARY)));
            long began = System.nanoTime();
            Await.atMost(WHILE.multipliedBy(10)).until("some time to pass, or the task to fail", () -> {
                try {
                    task.put(List.of());
                } catch (ConnectException e) {
                    said.add(String.valueOf(e.getMessage()));
                }
                return !said.isEmpty() || System.nanoTime() - began > WHILE.toNanos();
            });
            said.addAll(log.lines());
        }
        assertThat(said).isNotEmpty().noneMatch(line -> line.contains(CANARY)).hasSizeLessThan(FEW);
    }
}
