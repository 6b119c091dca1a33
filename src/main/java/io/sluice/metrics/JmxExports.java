package io.sluice.metrics;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MBeans {@code io.sluice:type=sink-…,connector=…,task=…}. Where JMX refuses them, the task runs on without. */
final class JmxExports implements Exports {
    private static final Logger LOG = LoggerFactory.getLogger(JmxExports.class);

    /** Whose bean is registered under a name, so that only that one is taken away. It also is the lock of all. */
    private static final Map<ObjectName, JmxExports> LIVING = new HashMap<>();

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final String owner;
    private final Set<ObjectName> mine = new HashSet<>();
    private boolean closed;

    JmxExports(String connector, int task) {
        this.owner = ",connector=" + ObjectName.quote(connector) + ",task=" + task;
    }

    @Override
    public void add(BeanName name, Object bean, Class<?> view) {
        synchronized (LIVING) {
            if (closed) {
                return;
            }
            try {
                ObjectName full = objectName(name);
                if (server.isRegistered(full)) {
                    // A cancelled task of the same number may still be on its way out; the living one is shown.
                    server.unregisterMBean(full);
                }
                server.registerMBean(bean, full);
                LIVING.put(full, this);
                mine.add(full);
            } catch (JMException e) {
                LOG.warn("{}{} cannot be shown over JMX", name, owner, e);
            }
        }
    }

    @Override
    public void remove(BeanName name) {
        try {
            remove(objectName(name));
        } catch (JMException e) {
            LOG.warn("{}{} cannot be taken away from JMX", name, owner, e);
        }
    }

    @Override
    public void close() {
        synchronized (LIVING) {
            // A lane may be a little late with what it has to say.
            closed = true;
            for (ObjectName name : List.copyOf(mine)) {
                try {
                    remove(name);
                } catch (JMException e) {
                    LOG.warn("{} cannot be taken away from JMX", name, e);
                }
            }
        }
    }

    private void remove(ObjectName name) throws JMException {
        synchronized (LIVING) {
            // A late predecessor must not take its successor's place away.
            if (mine.remove(name) && LIVING.remove(name, this)) {
                server.unregisterMBean(name);
            }
        }
    }

    private ObjectName objectName(BeanName name) throws JMException {
        StringBuilder text =
                new StringBuilder("io.sluice:type=sink-").append(name.type()).append(owner);
        name.labels()
                .forEach((label, value) -> text.append(',')
                        .append(label)
                        .append('=')
                        .append(label.equals("topic") ? ObjectName.quote(value) : value));
        return new ObjectName(text.toString());
    }
}
