package io.sluice.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugin metrics of Kafka (KIP-877). Workers before 4.1 do not have them, nor the class: so this one is the only one
 * that names it, and is loaded nowhere but behind {@link #of}.
 *
 * <p>All of them are gauges over numbers of our own. A sensor has no prefix of its task (Kafka 4.1 to 4.4), so that
 * two tasks of a worker would share one, and the end of one would take it away from the others.
 */
final class PluginGauges implements Exports {
    private static final Logger LOG = LoggerFactory.getLogger(PluginGauges.class);

    private final PluginMetrics metrics;
    private final Map<BeanName, List<MetricName>> shown = new HashMap<>();

    private PluginGauges(PluginMetrics metrics) {
        this.metrics = metrics;
    }

    /** The worker's, if it has any. */
    static Exports of(SinkTaskContext context) {
        return new PluginGauges(context.pluginMetrics());
    }

    @Override
    public synchronized void add(BeanName name, Object bean, Class<?> view) {
        remove(name);
        List<MetricName> names = new ArrayList<>();
        shown.put(name, names);
        String prefix = name.type().equals("task") ? "" : name.type() + "-";
        for (Attribute attribute : Attribute.of(view)) {
            if (attribute.isNumber()) {
                add(prefix, name, attribute, bean).ifPresent(names::add);
            }
        }
    }

    private Optional<MetricName> add(String prefix, BeanName name, Attribute attribute, Object bean) {
        MetricName full =
                metrics.metricName(prefix + attribute.hyphened(), attribute.text(), new LinkedHashMap<>(name.labels()));
        try {
            metrics.addMetric(
                    full, (org.apache.kafka.common.metrics.Gauge<Object>) (config, now) -> attribute.valueOf(bean));
            return Optional.of(full);
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.debug("{} is not shown: this task, or one of its name, is on its way out", full, e);
            return Optional.empty();
        }
    }

    @Override
    public synchronized void remove(BeanName name) {
        List<MetricName> names = shown.remove(name);
        if (names != null) {
            names.forEach(this::remove);
        }
    }

    private void remove(MetricName name) {
        try {
            metrics.removeMetric(name);
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.debug("{} is gone already", name, e);
        }
    }

    @Override
    public synchronized void close() {
        List.copyOf(shown.keySet()).forEach(this::remove);
    }
}
