package io.sluice;

import io.sluice.config.SinkConfig;
import io.sluice.config.TaskIdentity;
import io.sluice.failure.Failures;
import io.sluice.failure.SinkException;
import io.sluice.ledger.Ledger;
import io.sluice.validation.LiveValidation;
import io.sluice.write.Sessions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Kafka topics into PostgreSQL tables. */
public final class PostgresSinkConnector extends SinkConnector {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSinkConnector.class);

    private static final Duration ALTER_PATIENCE = Duration.ofSeconds(30);

    private Map<String, String> properties = Map.of();

    /** Connect needs a constructor without arguments. */
    public PostgresSinkConnector() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> connectorProperties) {
        // Connect allows null values, which Map.copyOf does not.
        properties = new HashMap<>(connectorProperties);
        SinkConfig.notices(connectorProperties).forEach(LOG::warn);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PostgresSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return IntStream.range(0, maxTasks)
                .mapToObj(task -> TaskIdentity.numbered(properties, task))
                .toList();
    }

    /**
     * Connect calls it on a connector that is stopped and was not started, before it changes the offsets of the group. That
     * may still fail; then PostgreSQL's are the ones that count, and doing it once more changes nothing.
     */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
        SinkConfig config = SinkConfig.parse(connectorConfig);
        if (config.delivery().guarantee().usesLedger()) {
            alter(PipelineFactory.ledger(config, Sessions.unpooled(config, ALTER_PATIENCE)), offsets);
        }
        return true;
    }

    private static void alter(Ledger ledger, Map<TopicPartition, Long> offsets) {
        try {
            ledger.create();
            if (offsets.isEmpty()) {
                ledger.forgetAll();
            } else {
                Map<TopicPartition, Optional<Long>> wanted = new HashMap<>();
                offsets.forEach((partition, offset) -> wanted.put(partition, Optional.ofNullable(offset)));
                ledger.alter(wanted);
            }
        } catch (SQLException e) {
            throw new SinkException("The offsets in PostgreSQL are as they were: " + Failures.text(e)
                    + ". Mend the cause and send the request again.");
        }
    }

    @Override
    public void stop() {
        // The connector itself holds nothing: its tasks do the work.
    }

    @Override
    public ConfigDef config() {
        return SinkConfig.definition();
    }

    @Override
    public Config validate(Map<String, String> connectorProperties) {
        List<ConfigValue> values = SinkConfig.validate(connectorProperties);
        LiveValidation.extend(connectorProperties, values);
        SinkConfig.warnings(connectorProperties).forEach(LOG::warn);
        return new Config(values);
    }
}
