package io.sluice.harness;

import static io.sluice.harness.Database.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(HarnessExtension.class)
final class HarnessIT {

    @Test
    void givesEachScenarioAnEmptyDatabase(Scenario test) {
        Database database = test.database();

        database.execute("CREATE TABLE t (id int PRIMARY KEY, name text)", "INSERT INTO t VALUES (1, 'a'), (2, NULL)");

        assertThat(database.count("t")).isEqualTo(2);
        assertThat(database.rows("SELECT * FROM t ORDER BY id")).containsExactly(row(1, "a"), row(2, null));
        try (Scenario other = Environment.shared().scenario("HarnessIT/other")) {
            assertThat(other.database().hasTable("t")).isFalse();
        }
    }

    @Test
    @NeedsOwnPostgres
    void keepsTheDataOfAServerThatCrashed(Scenario test) {
        test.database().execute("CREATE TABLE t AS SELECT generate_series(1, 1000) AS id");

        test.postgres().crash();
        assertThatThrownBy(() -> test.database().count("t")).isInstanceOf(HarnessException.class);
        test.postgres().start();
        test.postgres().kill();
        test.postgres().start();

        assertThat(test.database().count("t")).isEqualTo(1000);
    }

    @Test
    void terminatesSessionsByTheirApplicationName(Scenario test) throws Exception {
        Database database = test.database();
        try (var session = database.connect();
                var statement = session.createStatement()) {
            statement.execute("SET application_name = 'victim-1'");

            assertThat(database.sessions("victim-%")).isEqualTo(1);
            assertThat(database.terminateSessions("victim-%")).isEqualTo(1);

            test.await().until("the session to end", () -> database.sessions("victim-%") == 0);
        }
    }

    @Test
    void producesAndReadsBackAcrossAKillOfTheBroker(Scenario test) {
        Topic topic = test.topic("numbers", 3);
        topic.send(1_000, i -> Message.json(Map.of("id", i)).keyText("k" + i).header("source", "test"));

        test.broker().kill();
        test.broker().start();
        topic.send(Message.tombstone().keyText("k0").inPartition(2).at(42));

        assertThat(topic.records()).hasSize(1_001).anySatisfy(tombstone -> {
            assertThat(tombstone.value()).isNull();
            assertThat(tombstone.timestamp()).isEqualTo(42);
        });
        assertThat(topic.endOffsets().values().stream().mapToLong(end -> end).sum())
                .isEqualTo(1_001);
        assertThat(topic.records().get(0).headers().lastHeader("source").value())
                .isEqualTo("test".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsAConnectorOverTheDeathOfItsWorker(Scenario test) {
        Topic topic = test.topic("numbers", 1);
        Connector sink = test.startSink(topic, Map.of("table.name.format", "numbers", "auto.create", "true"));

        test.worker().kill();
        assertThat(test.worker().isRunning()).isFalse();
        assertThatThrownBy(sink::status).isInstanceOf(HarnessException.class);
        test.worker().start();

        sink.awaitRunning();
        sink.pause();
        sink.resume();
        sink.stop();
        assertThat(sink.status().tasks()).isEmpty();
    }

    @Test
    void putsBackWhatAScenarioLeavesBroken(Scenario test) {
        Connector left;
        try (Scenario careless = Environment.shared().scenario("HarnessIT/killed")) {
            left = careless.startSink(careless.topic("numbers", 1), Map.of("auto.create", "true"));
            careless.worker().kill();
        }
        assertThat(test.worker().rest().connectors()).doesNotContain(left.name());

        try (Scenario careless = Environment.shared().scenario("HarnessIT/frozen")) {
            careless.worker().freeze();
        }
        assertThat(test.worker().rest().root()).isNotEmpty();
    }

    @Test
    void twoWorkersOfAGroupShareTheTasks(Scenario test) {
        ServerOptions consumerProtocol = ServerOptions.forTests().with("consumer.group.protocol", "consumer");
        ConnectWorker first = test.startWorker("pair", consumerProtocol);
        ConnectWorker second = test.startWorker("pair", consumerProtocol);
        Topic topic = test.topic("numbers", 4);
        Map<String, String> config =
                test.sinkConfig(topic, Map.of("tasks.max", "2", "table.name.format", "n", "auto.create", "true"));

        Connector sink = test.connector(first, "shared").configure(config).awaitRunning();

        assertThat(sink.status().tasks())
                .extracting(ConnectorStatus.Task::worker)
                .containsExactlyInAnyOrder(first.id(), second.id());
        first.freeze();
        test.await()
                .until(
                        "the second worker to have both tasks",
                        () -> second.rest().connector(sink.name()).status().tasks().stream()
                                .allMatch(task -> task.worker().equals(second.id())));
        first.thaw();
    }

    @Test
    void runsAWorkerOfAnOlderKafka(Scenario test) {
        ConnectWorker worker = test.startWorker("old", ServerOptions.forTests().withKafka("3.9.2"));

        assertThat(worker.rest().root().path("version").asText()).isEqualTo("3.9.2");
        assertThat(worker.rest().connectorPlugins()).contains("io.sluice.PostgresSinkConnector");
    }

    @Test
    void looksIntoTheJvmOfAWorker(Scenario test) {
        try (JvmView jvm = test.worker().jvm()) {
            assertThat(jvm.threads()).anyMatch(thread -> thread.startsWith("DistributedHerder"));
            assertThat(jvm.beans("kafka.connect:type=connect-worker-metrics")).hasSize(1);
            assertThat(jvm.number("kafka.connect:type=connect-worker-metrics", "connector-count"))
                    .isNotNegative();
            assertThat(jvm.instances("org.apache.kafka.connect.runtime.Worker")).isPositive();
            assertThat(jvm.classLoaders()).anyMatch(line -> line.contains("PluginClassLoader"));
        }
    }

    @Test
    void saysWhatIsWrongWithAConfiguration(Scenario test) {
        Topic topic = test.topic("numbers", 1);
        Map<String, String> config = test.sinkConfig(topic, Map.of("connection.url", "jdbc:nonsense"));

        assertThat(test.worker().rest().errorsOf(config)).anyMatch(error -> error.startsWith("connection.url: "));
        assertThatThrownBy(() -> test.connector("refused").configure(config))
                .isInstanceOf(RestException.class)
                .hasMessageContaining("connection.url");
    }

    @Test
    void saysWhatItWaitedForAndWhatItSaw() {
        Await briefly = Await.atMost(Duration.ofMillis(120)).explaining(() -> "the log says no");

        assertThatThrownBy(() -> briefly.until("a number above 5", () -> 3, number -> number > 5))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a number above 5")
                .hasMessageContaining("Last seen: 3")
                .hasMessageContaining("the log says no");
    }
}
