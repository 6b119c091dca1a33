package io.sluice.metrics;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Sanitizer;

/**
 * What the worker's own consumer of a task says about records of a partition that it has not handed over. A task cannot ask
 * its consumer, but the consumer's metrics are in the same JVM.
 */
final class ConsumerLag {
    private static final String LAG = "records-lag";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName name;
    /** Up to Kafka 4.0 a dot in a topic's name is an underscore here. */
    private final ObjectName undotted;

    /** Connect names the consumer so, unless the connector overrides it. */
    ConsumerLag(String connector, int task, TopicPartition partition) {
        String client = "connector-consumer-" + connector + "-" + task;
        try {
            this.name = name(client, partition.topic(), partition.partition());
            this.undotted = name(client, partition.topic().replace('.', '_'), partition.partition());
        } catch (JMException e) {
            throw new IllegalArgumentException(client, e);
        }
    }

    private static ObjectName name(String client, String topic, int partition) throws JMException {
        return new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id="
                + Sanitizer.jmxSanitize(client) + ",topic=" + Sanitizer.jmxSanitize(topic) + ",partition=" + partition);
    }

    /** Records after the last that was handed over; empty where the consumer does not say. */
    OptionalLong records() {
        OptionalLong lag = ask(name);
        return lag.isPresent() || name.equals(undotted) ? lag : ask(undotted);
    }

    private OptionalLong ask(ObjectName bean) {
        try {
            return server.getAttribute(bean, LAG) instanceof Double lag && !lag.isNaN()
                    ? OptionalLong.of(lag.longValue())
                    : OptionalLong.empty();
        } catch (JMException e) {
            // There is no such bean, or it has not fetched anything yet.
            return OptionalLong.empty();
        }
    }
}
