package io.sluice.compatibility;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.Scenario;
import io.sluice.harness.Topic;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a check plays: its scenario, and a database that need not be the scenario's own. */
record Stage(Scenario test, Database database) {

    Topic topic(String name, int partitions) {
        return test.topic(name, partitions);
    }

    ConnectWorker worker() {
        return test.worker();
    }

    /** A sink of JSON without schemas, running. */
    Connector startSink(Topic topic, Map<String, String> settings) {
        Map<String, String> config = new LinkedHashMap<>(database.connectionConfig());
        config.put("connector.class", "io.sluice.PostgresSinkConnector");
        config.put("tasks.max", "1");
        config.put("topics", topic.name());
        config.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        config.put("key.converter.schemas.enable", "false");
        config.putAll(settings);
        return test.connector(topic.name()).configure(config).awaitRunning();
    }

    /** A sink that makes the table, with the record key as its primary key. */
    Connector startKeyedSink(Topic topic, Map<String, String> settings) {
        Map<String, String> keyed = new LinkedHashMap<>(Map.of("auto.create", "true", "pk.mode", "record_key"));
        keyed.putAll(settings);
        return startSink(topic, keyed);
    }
}
