package io.sluice.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where the beans of one task can be seen. Any thread may call it. */
interface Exports extends AutoCloseable {
    /** Nowhere. */
    Exports NONE = new Exports() {
        @Override
        public void add(BeanName name, Object bean, Class<?> view) {
            // Nobody looks.
        }

        @Override
        public void remove(BeanName name) {
            // Nothing is shown.
        }

        @Override
        public void close() {
            // Nothing is shown.
        }
    };

    /**
     * What a bean is of.
     *
     * @param type task, partition and so on
     * @param labels what tells beans of this type apart, in their order
     */
    record BeanName(String type, Map<String, String> labels) {
        /** A bean that is the only one of its type in its task. */
        static BeanName of(String type) {
            return new BeanName(type, Map.of());
        }

        static BeanName of(String type, String label, String value) {
            return new BeanName(type, Map.of(label, value));
        }

        static BeanName of(TopicPartition partition) {
            // What reads names by patterns needs the labels in one order.
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("topic", partition.topic());
            labels.put("partition", Integer.toString(partition.partition()));
            return new BeanName("partition", labels);
        }
    }

    /** Shows a bean, in place of one that has its name. */
    void add(BeanName name, Object bean, Class<?> view);

    void remove(BeanName name);

    /** Takes away all that is still shown. */
    @Override
    void close();
}
