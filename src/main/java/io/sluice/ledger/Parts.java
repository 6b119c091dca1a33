package io.sluice.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Topic partitions as two parameters of a statement, in an order that is the same for everybody. */
record Parts(List<TopicPartition> all) {
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    static Parts of(Collection<TopicPartition> partitions) {
        return new Parts(partitions.stream().sorted(ORDER).toList());
    }

    /** Sets the parameters {@code first} and the one after it. */
    void set(PreparedStatement statement, int first) throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(
                first,
                connection.createArrayOf(
                        "text", all.stream().map(TopicPartition::topic).toArray()));
        statement.setArray(
                first + 1,
                connection.createArrayOf(
                        "int4", all.stream().map(TopicPartition::partition).toArray()));
    }
}
