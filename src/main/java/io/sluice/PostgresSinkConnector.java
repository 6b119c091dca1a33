package io.sluice;

import io.sluice.config.SinkConfig;
import io.sluice.config.TaskIdentity;
import io.sluice.validation.LiveValidation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
        return new Config(values);
    }
}
