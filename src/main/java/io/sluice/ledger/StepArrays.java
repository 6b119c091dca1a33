package io.sluice.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How many steps each lane has committed in each partition, as four parameters of a statement. */
record StepArrays(Map<TopicPartition, Map<Integer, Long>> steps) {
    /** Sets the parameter {@code first}, the topics, and the three after it: partitions, lanes and steps. */
    void set(PreparedStatement statement, int first) throws SQLException {
        List<String> topics = new ArrayList<>();
        List<Integer> partitions = new ArrayList<>();
        List<Integer> lanes = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        steps.forEach((partition, byLane) -> byLane.forEach((lane, step) -> {
            topics.add(partition.topic());
            partitions.add(partition.partition());
            lanes.add(lane);
            numbers.add(step);
        }));
        Connection connection = statement.getConnection();
        statement.setArray(first, connection.createArrayOf("text", topics.toArray()));
        statement.setArray(first + 1, connection.createArrayOf("int4", partitions.toArray()));
        statement.setArray(first + 2, connection.createArrayOf("int4", lanes.toArray()));
        statement.setArray(first + 3, connection.createArrayOf("int8", numbers.toArray()));
    }
}
