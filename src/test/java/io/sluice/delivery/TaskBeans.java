package io.sluice.delivery;

import io.sluice.harness.Connector;
import io.sluice.harness.JvmView;
import javax.management.ObjectName;

/** What the MBeans of a worker tell of a connector's tasks, summed up. */
record TaskBeans(JvmView jvm, Connector connector) {

    double queuedRecords() {
        return ofTasks("QueuedRecords");
    }

    double queuedBytes() {
        return ofTasks("QueuedBytes");
    }

    double secondsPausedByRate() {
        return ofTasks("SecondsPausedByRate");
    }

    double pausedPartitions() {
        return ofTasks("PausedPartitions");
    }

    /** Tasks that hold partitions back, and so have some. */
    long pausedTasks() {
        return jvm.beans(taskBeans()).stream()
                .filter(bean -> jvm.number(bean.getCanonicalName(), "PausedPartitions") > 0)
                .count();
    }

    double recordsReceived() {
        return ofTasks("RecordsReceived");
    }

    /** How often the consumers of the tasks have joined their group, or were moved within it. */
    double rebalances() {
        return sum(
                "kafka.consumer:type=consumer-coordinator-metrics,client-id=connector-consumer-" + connector.name()
                        + "-*",
                "rebalance-total");
    }

    private double ofTasks(String attribute) {
        return sum(taskBeans(), attribute);
    }

    private String taskBeans() {
        return "io.sluice:type=sink-task,connector=" + ObjectName.quote(connector.name()) + ",task=*";
    }

    private double sum(String pattern, String attribute) {
        return jvm.beans(pattern).stream()
                .mapToDouble(bean -> jvm.number(bean.getCanonicalName(), attribute))
                .sum();
    }
}
