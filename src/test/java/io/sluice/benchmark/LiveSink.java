package io.sluice.benchmark;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Connector;
import io.sluice.harness.Database;
import io.sluice.harness.Scenario;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sink that runs and waits for live traffic, with a topic and a table of its own. */
record LiveSink(String name, Scenario scenario, Feed feed, Connector connector) {

    /** Starts the connector on a worker of its own, with Connect's own settings of the consumer. */
    static LiveSink start(Rig rig, Scenario scenario, String name, SetUp setUp) {
        Feed.Layout layout = new Feed.Layout(1, 8, Format.EIGHT_COLUMNS);
        Feed feed = Feed.produce(scenario, "live_" + name, layout, new Events.UniqueKeys(0));
        new Tables(rig, scenario.database(), layout.format(), List.of()).recreate(feed.tables());
        Path stopwatch = rig.stopwatch(scenario, name);
        Map<String, String> config = new HashMap<>(Sinks.feed(feed, stopwatch));
        config.keySet().removeAll(Sinks.CONSUMER.keySet());
        config.putAll(setUp.settings());
        ConnectWorker worker = rig.startWorker(scenario, name, "1g");
        Connector connector = scenario.connector(worker, name).configure(config).awaitRunning();
        return new LiveSink(name, scenario, feed, connector);
    }

    String topic() {
        return feed.topics().get(0).name();
    }

    Database database() {
        return scenario.database();
    }

    /** Those of the ids that are in the table. */
    Set<Long> visible(Connection connection, Collection<Long> ids) throws SQLException {
        String sql = "SELECT id FROM " + topic() + " WHERE id = ANY (?)";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            Set<Long> visible = new HashSet<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    visible.add(rows.getLong(1));
                }
            }
            return visible;
        }
    }
}
