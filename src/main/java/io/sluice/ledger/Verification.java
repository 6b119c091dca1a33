package io.sluice.ledger;

import io.sluice.offset.PartitionOffsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether the ledger knows what lanes have committed; and it is told how far partitions are as a whole.
 *
 * @param floors how far they are, as it was before the steps were asked for, so that it stands on no other steps
 * @param known the steps of each lane, as they were before the ledger is asked, since lanes work on
 */
record Verification(Map<PartitionOffsets, Long> floors, Map<PartitionOffsets, Map<Integer, Long>> known) {
    static Verification of(Collection<PartitionOffsets> partitions) {
        Map<PartitionOffsets, Long> floors = new LinkedHashMap<>();
        Map<PartitionOffsets, Map<Integer, Long>> known = new LinkedHashMap<>();
        for (PartitionOffsets partition : partitions) {
            floors.put(partition, partition.floor());
            known.put(partition, partition.steps());
        }
        return new Verification(floors, known);
    }

    /** Notes how far partitions are, and returns those of which the ledger says something else. */
    List<Loss> run(Connection connection, LedgerSql sql, String id) throws SQLException {
        List<Loss> losses = losses(connection, sql, id);
        Set<PartitionOffsets> lost = losses.stream().map(Loss::partition).collect(Collectors.toSet());
        raise(
                connection,
                sql,
                id,
                floors.keySet().stream()
                        .filter(partition -> !lost.contains(partition) && floors.getOrDefault(partition, -1L) >= 0)
                        .toList());
        return losses;
    }

    /** The partitions of which the ledger says something else. */
    List<Loss> losses(Connection connection, LedgerSql sql, String id) throws SQLException {
        Parts parts = Parts.of(
                known.keySet().stream().map(PartitionOffsets::partition).toList());
        Map<TopicPartition, Map<Integer, Step>> rows = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.verify())) {
            parts.set(statement, 1);
            statement.setString(3, id);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.computeIfAbsent(new TopicPartition(row.getString(1), row.getInt(2)), key -> new HashMap<>())
                            .put(row.getInt(3), new Step(row.getObject(4, UUID.class), row.getLong(5)));
                }
            }
        }
        return losses(rows);
    }

    /** Lanes say how far a partition is as a whole only when they have something to write. */
    private void raise(Connection connection, LedgerSql sql, String id, List<PartitionOffsets> begun)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.raise())) {
            new Parts(begun.stream().map(PartitionOffsets::partition).toList()).set(statement, 1);
            Object[] tokens =
                    begun.stream().map(partition -> partition.grant().token()).toArray();
            statement.setArray(3, connection.createArrayOf("uuid", tokens));
            Object[] reached = begun.stream()
                    .map(partition -> floors.getOrDefault(partition, -1L))
                    .toArray();
            statement.setArray(4, connection.createArrayOf("int8", reached));
            statement.setString(5, id);
            statement.executeUpdate();
        }
    }

    private List<Loss> losses(Map<TopicPartition, Map<Integer, Step>> rows) {
        List<Loss> losses = new ArrayList<>();
        known.forEach(
                (partition, steps) -> difference(partition, steps, rows.getOrDefault(partition.partition(), Map.of()))
                        .ifPresent(cause -> losses.add(new Loss(partition, cause))));
        return losses;
    }

    private record Step(UUID token, long number) {}

    private static Optional<Loss.Cause> difference(
            PartitionOffsets partition, Map<Integer, Long> known, Map<Integer, Step> rows) {
        Step base = rows.get(LedgerSql.BASE);
        if (base == null) {
            return Optional.of(Loss.Cause.GONE);
        }
        if (!base.token().equals(partition.grant().token())) {
            return Optional.of(Loss.Cause.ANOTHER_OWNER);
        }
        boolean less = known.entrySet().stream().anyMatch(step -> {
            Step row = rows.get(step.getKey());
            return row == null || row.number() < step.getValue();
        });
        return less ? Optional.of(Loss.Cause.BACK_IN_TIME) : Optional.empty();
    }
}
