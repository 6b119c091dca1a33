package io.sluice.delivery;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/** The MBeans of a {@link TaskRun}, in this JVM. */
final class Beans {
    private static final String TASK = "connector=\"direct\",task=0";

    private Beans() {}

    /** An attribute of {@code io.sluice:type=sink-<type>}. */
    static double number(String type, String labels, String attribute) {
        return ((Number) value(type, labels, attribute)).doubleValue();
    }

    static Object value(String type, String labels, String attribute) {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("io.sluice:type=sink-" + type + "," + TASK + labels), attribute);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is there of a type, by one of its labels. */
    static Set<String> labels(String type, String label) {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("io.sluice:type=sink-" + type + "," + TASK + ",*"), null)
                    .stream()
                    .map(name -> name.getKeyProperty(label))
                    .collect(Collectors.toSet());
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
