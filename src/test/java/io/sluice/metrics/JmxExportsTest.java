package io.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.metrics.Exports.BeanName;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // A task may end before its successor does.
final class JmxExportsTest {
    private static final BeanName NAME = BeanName.of("retries", "sqlstate", "40");

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void aBeanThatWasRefusedDoesNotKeepItsNameFromOthers() throws JMException {
        ObjectName name = new ObjectName("io.sluice:type=sink-retries,connector=\"jmx\",task=0,sqlstate=40");
        try (JmxExports first = new JmxExports("jmx", 0);
                JmxExports second = new JmxExports("jmx", 0)) {
            // No bean of JMX.
            first.add(NAME, new Object(), Object.class);
            assertThat(server.isRegistered(name)).isFalse();

            second.add(NAME, new RetryCount(), SinkRetriesMXBean.class);
            assertThat(server.isRegistered(name)).isTrue();

            first.close();
            assertThat(server.isRegistered(name)).isTrue();
        }
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void aSuccessorTakesTheNameOver() throws JMException {
        ObjectName name = new ObjectName("io.sluice:type=sink-retries,connector=\"jmx\",task=1,sqlstate=40");
        RetryCount later = new RetryCount();
        later.increment();
        try (JmxExports first = new JmxExports("jmx", 1);
                JmxExports second = new JmxExports("jmx", 1)) {
            first.add(NAME, new RetryCount(), SinkRetriesMXBean.class);
            second.add(NAME, later, SinkRetriesMXBean.class);
            first.close();

            assertThat(server.getAttribute(name, "Count")).isEqualTo(1L);
        }
    }
}
