package io.sluice.ledger;

import io.sluice.offset.PartitionOffsets;
import io.sluice.offset.Progress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Marks that are written down. In the ledger each of a lane's transactions is a step of each of its partitions. */
final class LedgerMarks implements Marks {
    private static final Comparator<Mark> ORDER = Comparator.<Mark, String>comparing(
                    mark -> mark.partition.partition().topic())
            .thenComparing(mark -> mark.partition.partition().partition());

    private final LedgerSql sql;
    private final String id;
    private final int lane;
    private final IdentityHashMap<PartitionOffsets, Mark> marks = new IdentityHashMap<>();
    private final List<Mark> touched = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private @Nullable Mark last;

    LedgerMarks(LedgerSql sql, String id, int lane) {
        this.sql = sql;
        this.id = id;
        this.lane = lane;
    }

    @Override
    public boolean isEmpty() {
        return touched.isEmpty();
    }

    /** What the lane knows of one partition. */
    private static final class Mark {
        private final PartitionOffsets partition;
        private Progress written = new Progress();
        private @Nullable Progress next;
        private Map<Integer, Long> steps = Map.of();
        private long step;

        private Mark(PartitionOffsets partition) {
            this.partition = partition;
        }

        private Progress next() {
            if (next == null) {
                next = written.copy();
            }
            return next;
        }
    }

    @Override
    public void add(PartitionOffsets partition, long offset, int rest) {
        Mark mark = last;
        if (mark == null || mark.partition != partition) {
            mark = marks.computeIfAbsent(partition, Mark::new);
            last = mark;
        }
        if (mark.next == null) {
            touched.add(mark);
        }
        mark.next().add(offset, rest);
    }

    @Override
    public Claim claim() {
        touched.sort(ORDER);
        for (Mark mark : touched) {
            Progress next = mark.next();
            // The steps that the floor stands on are known before the floor, so they are asked for after it.
            long floor = mark.partition.floor();
            mark.steps = mark.partition.steps();
            if (floor >= 0) {
                next.reach(floor);
            }
            mark.partition.addApart(next);
        }
        return this::make;
    }

    private void make(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.claim())) {
            parts().set(statement, 1);
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "uuid",
                            touched.stream()
                                    .map(mark -> mark.partition.grant().token())
                                    .toArray()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "int8", touched.stream().map(mark -> mark.step).toArray()));
            ProgressArrays.of(touched.stream().map(Mark::next).toList()).set(statement, 5);
            statement.setString(8, id);
            statement.setInt(9, lane);
            steps().set(statement, 10);
            statement.setString(14, id);
            if (statement.executeUpdate() != touched.size()) {
                throw new StaleClaimException();
            }
        }
    }

    @Override
    public void committed() {
        for (Mark mark : touched) {
            mark.written = mark.next();
            mark.next = null;
            mark.step++;
            mark.partition.stepped(lane, mark.step);
        }
        touched.clear();
        marks.keySet().removeIf(PartitionOffsets::revoked);
        last = null;
    }

    @Override
    public void dropped() {
        touched.forEach(mark -> mark.next = null);
        touched.clear();
    }

    @Override
    public boolean review(Connection connection) throws SQLException {
        Map<TopicPartition, Row> rows = rows(connection);
        boolean known = false;
        losses.clear();
        List<Mark> missing = new ArrayList<>();
        for (Mark mark : touched) {
            Row row = rows.get(mark.partition.partition());
            if (row == null) {
                missing.add(mark);
            } else if (!row.token.equals(mark.partition.grant().token())) {
                lose(mark, Loss.Cause.ANOTHER_OWNER);
            } else if (row.step == mark.step + 1) {
                known = true;
            } else if (row.step != mark.step) {
                lose(mark, Loss.Cause.BACK_IN_TIME);
            }
        }
        List<PartitionOffsets> ours = touched.stream()
                .map(mark -> mark.partition)
                .filter(partition -> !partition.revoked())
                .toList();
        for (Loss loss : Verification.of(ours).losses(connection, sql, id)) {
            loss.partition().revoke();
            losses.add(loss);
        }
        missing.stream().filter(mark -> !mark.partition.revoked()).forEach(mark -> lose(mark, Loss.Cause.GONE));
        return known;
    }

    private void lose(Mark mark, Loss.Cause cause) {
        mark.partition.revoke();
        losses.add(new Loss(mark.partition, cause));
    }

    @Override
    public List<Loss> losses() {
        return List.copyOf(losses);
    }

    private record Row(UUID token, long step) {}

    private Map<TopicPartition, Row> rows(Connection connection) throws SQLException {
        Map<TopicPartition, Row> rows = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.review())) {
            parts().set(statement, 1);
            statement.setString(3, id);
            statement.setInt(4, lane);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.put(
                            new TopicPartition(row.getString(1), row.getInt(2)),
                            new Row(row.getObject(3, UUID.class), row.getLong(4)));
                }
            }
        }
        return rows;
    }

    private StepArrays steps() {
        Map<TopicPartition, Map<Integer, Long>> steps = new HashMap<>();
        touched.forEach(mark -> steps.put(mark.partition.partition(), mark.steps));
        return new StepArrays(steps);
    }

    private Parts parts() {
        return new Parts(
                touched.stream().map(mark -> mark.partition.partition()).toList());
    }
}
