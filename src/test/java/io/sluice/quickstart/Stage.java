package io.sluice.quickstart;

import io.sluice.harness.Await;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.KafkaBroker;
import io.sluice.harness.Topic;
import java.nio.file.Path;
import java.time.Duration;

/** What a run plays on: servers that are up, an empty database, an empty topic, and a connector yet to be made. */
record Stage(KafkaBroker broker, ConnectWorker worker, Database database, Topic topic, Connector connector) {

    private static final Duration START_BUDGET = Duration.ofSeconds(60);

    /** Creates the connector over REST, and waits until it runs or has failed. */
    void createConnector(Path configuration) {
        connector.configure(ConnectorConfiguration.of(configuration, database, topic.name()));
        Await.atMost(START_BUDGET)
                .until(
                        "the connector to start",
                        connector::status,
                        status -> status.is("RUNNING") || status.hasFailed());
    }

    /** Records of the topic that the connector has not committed as durable. */
    long lag() {
        return connector.group(broker).lag(topic);
    }
}
