package io.sluice.metrics;

import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that a worker has to show metrics with: JMX, and Kafka's plugin metrics from 4.1 on. */
final class WorkerExports implements Exports {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerExports.class);

    private final Exports beans;
    private final Exports gauges;

    WorkerExports(String connector, int task, SinkTaskContext context) {
        this.beans = new JmxExports(connector, task);
        this.gauges = gauges(context);
    }

    private static Exports gauges(SinkTaskContext context) {
        try {
            return PluginGauges.of(context);
        } catch (NoSuchMethodError | NoClassDefFoundError e) {
            LOG.debug("This worker has no plugin metrics, JMX has them all", e);
            return NONE;
        }
    }

    @Override
    public void add(BeanName name, Object bean, Class<?> view) {
        beans.add(name, bean, view);
        gauges.add(name, bean, view);
    }

    @Override
    public void remove(BeanName name) {
        beans.remove(name);
        gauges.remove(name);
    }

    @Override
    public void close() {
        beans.close();
        gauges.close();
    }
}
