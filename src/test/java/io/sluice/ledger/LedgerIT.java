package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.SinkConfig;
import io.sluice.failure.SinkException;
import io.sluice.harness.CrashPoint;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import io.sluice.offset.Grant;
import io.sluice.offset.OffsetTracker;
import io.sluice.offset.PartitionOffsets;
import io.sluice.table.TableId;
import io.sluice.write.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who has the last token may write, and what was said is never forgotten. */
@ExtendWith(HarnessExtension.class)
final class LedgerIT {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);

    @Test
    void makesItsTableAndKnowsNothingAtFirst(Scenario test) throws SQLException {
        Ledger ledger = ledger(test.database(), 2);

        Grant grant = grant(ledger, ZERO);

        assertThat(grant.progress().floor()).isEmpty();
        assertThat(test.database().number("SELECT count(*) FROM sluice_offsets"))
                .isEqualTo(3);
    }

    /** The first tasks of all connectors may start together. */
    @Test
    void severalMayMakeTheTableAtOnce(Scenario test) {
        Ledger ledger = ledger(test.database(), 2);
        for (int times = 0; times < 5; times++) {
            test.database().execute("DROP TABLE IF EXISTS sluice_offsets");
            CompletableFuture<?>[] makers = IntStream.range(0, 8)
                    .mapToObj(number ->
                            CompletableFuture.runAsync(() -> make(ledger), command -> new Thread(command).start()))
                    .toArray(CompletableFuture<?>[]::new);
            assertThat(CompletableFuture.allOf(makers)).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    private static void make(Ledger ledger) {
        try {
            ledger.create();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void givesTheNextOwnerWhatAllLanesHaveSaid(Scenario test) throws SQLException {
        Database database = test.database();
        Ledger ledger = ledger(database, 2);
        PartitionOffsets partition = open(ledger, ZERO);
        long first = partition.begin(10, 0);
        partition.begin(11, 0);
        partition.complete(first);
        Marks one = ledger.marks(0);
        Marks two = ledger.marks(1);
        say(database, one, partition, 15);
        say(database, two, partition, 17);
        say(database, two, partition, 20);

        Grant next = grant(ledger, ZERO);

        assertThat(next.progress().floor()).hasValue(11);
        assertThat(List.of(12L, 15L, 17L, 20L))
                .map(offset -> next.progress().contains(offset, 0))
                .containsExactly(false, true, true, true);
        assertThat(grant(ledger, ZERO).progress().contains(17, 0))
                .as("and to the one after")
                .isTrue();
    }

    @Test
    void refusesTheOwnerBeforeAndNobodyElse(Scenario test) throws SQLException {
        Database database = test.database();
        Ledger ledger = ledger(database, 1);
        PartitionOffsets old = open(ledger, ZERO);
        PartitionOffsets other = open(ledger, ONE);
        Marks lane = ledger.marks(0);
        PartitionOffsets next = open(ledger, ZERO);

        lane.add(old, 1, 0);
        lane.add(other, 1, 0);
        assertThatThrownBy(() -> make(database, lane.claim())).isInstanceOf(StaleClaimException.class);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            assertThat(lane.review(connection)).isFalse();
        }

        assertThat(lane.losses()).containsExactly(new Loss(old, Loss.Cause.ANOTHER_OWNER));
        assertThat(old.revoked()).isTrue();
        assertThat(other.revoked()).isFalse();
        lane.dropped();
        say(database, lane, other, 1);
        say(database, ledger.marks(0), next, 1);
    }

    @CrashPoint({3, 13})
    @Test
    void knowsWhetherAStepWasCommitted(Scenario test) throws SQLException {
        Database database = test.database();
        Ledger ledger = ledger(database, 1);
        PartitionOffsets partition = open(ledger, ZERO);
        Marks lane = ledger.marks(0);
        lane.add(partition, 5, 0);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            lane.claim().make(connection);
            connection.rollback();
            assertThat(lane.review(connection)).isFalse();
            assertThat(lane.losses()).isEmpty();
            connection.rollback();
            lane.claim().make(connection);
            connection.commit();
            assertThat(lane.review(connection)).isTrue();
            connection.rollback();
            lane.committed();

            database.execute("UPDATE sluice_offsets SET step = 0");
            lane.add(partition, 6, 0);
            assertThat(lane.review(connection)).isFalse();
            assertThat(lane.losses()).containsExactly(new Loss(partition, Loss.Cause.BACK_IN_TIME));
        }
    }

    /** Also where nobody has asked before whether it was taken already. */
    @CrashPoint(13)
    @Test
    void takesAStepOnce(Scenario test) throws SQLException {
        Database database = test.database();
        Ledger ledger = ledger(database, 1);
        Marks lane = ledger.marks(0);
        lane.add(open(ledger, ZERO), 5, 0);
        Claim claim = lane.claim();
        make(database, claim);

        assertThatThrownBy(() -> make(database, claim)).isInstanceOf(StaleClaimException.class);
    }

    /** What a lane says of the partition as a whole stands on what the others have committed. */
    @CrashPoint(7)
    @Test
    void refusesALaneWhereAnotherLanesStepIsLost(Scenario test) throws SQLException {
        Database database = test.database();
        Ledger ledger = ledger(database, 2);
        PartitionOffsets partition = open(ledger, ZERO);
        say(database, ledger.marks(0), partition, 5);
        database.execute("UPDATE sluice_offsets SET step = 0, beyond = NULL WHERE lane = 0");

        Marks lane = ledger.marks(1);
        lane.add(partition, 6, 0);

        assertThatThrownBy(() -> make(database, lane.claim())).isInstanceOf(StaleClaimException.class);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            assertThat(lane.review(connection)).isFalse();
        }
        assertThat(lane.losses()).containsExactly(new Loss(partition, Loss.Cause.BACK_IN_TIME));
    }

    /** Otherwise the new owner would miss what the old one is about to commit. */
    @CrashPoint(10)
    @Test
    void waitsForTheOwnersTransaction(Scenario test) throws Exception {
        Database database = test.database();
        Ledger ledger = ledger(database, 1);
        PartitionOffsets partition = open(ledger, ZERO);
        Marks lane = ledger.marks(0);
        lane.add(partition, 3, 0);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            lane.claim().make(connection);
            CompletableFuture<Grant> next = CompletableFuture.supplyAsync(() -> {
                try {
                    return grant(ledger, ZERO);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            test.await()
                    .until(
                            "the next owner to wait",
                            () -> database.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                            + " AND datname = current_database()")
                                    > 0);
            connection.commit();

            assertThat(next.get().progress().contains(3, 0)).isTrue();
        }
    }

    @CrashPoint(16)
    @Test
    void offsetsAreSetFromOutsideAndFenceWhoeverWrites(Scenario test) throws SQLException {
        Database database = test.database();
        Ledger ledger = ledger(database, 2);
        PartitionOffsets partition = open(ledger, ZERO);
        Marks lane = ledger.marks(1);
        say(database, lane, partition, 100);

        ledger.alter(Map.of(ZERO, Optional.of(40L), ONE, Optional.empty()));

        lane.add(partition, 101, 0);
        assertThatThrownBy(() -> make(database, lane.claim())).isInstanceOf(StaleClaimException.class);
        Grant next = grant(ledger, ZERO);
        assertThat(next.progress().floor()).hasValue(40);
        assertThat(next.progress().contains(100, 0)).isFalse();
        ledger.alter(Map.of(ZERO, Optional.empty()));
        assertThat(grant(ledger, ZERO).progress().floor()).isEmpty();
        ledger.forgetAll();
        assertThat(database.number("SELECT count(*) FROM sluice_offsets")).isZero();
    }

    /** An owner that was frozen must not wipe out what the next one has written. */
    @CrashPoint(8)
    @Test
    void onlyTheLastOwnerMayStartAPartitionOver(Scenario test) throws SQLException {
        Ledger ledger = ledger(test.database(), 1);
        Grant frozen = grant(ledger, ZERO);
        say(test.database(), ledger.marks(0), open(ledger, ZERO), 100);

        Grant late = ledger.restart(ZERO, frozen.token(), 7).get(ZERO);
        assertThat(late.progress().contains(100, 0)).isTrue();
        Grant again = ledger.restart(ZERO, late.token(), 7).get(ZERO);
        assertThat(again.progress().contains(100, 0)).isFalse();
        assertThat(again.progress().floor()).hasValue(7);
    }

    @Test
    void saysHowToMakeTheTableWhereTheRoleMayNot(Scenario test) {
        Database database = test.database();
        database.execute(
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC", "CREATE ROLE ledger_guest LOGIN PASSWORD 'guest'");
        try {
            Ledger ledger = ledger(database.as("ledger_guest", "guest"), 1);
            assertThatThrownBy(() -> grant(ledger, ZERO))
                    .isInstanceOf(SinkException.class)
                    .hasMessageContaining("CREATE TABLE IF NOT EXISTS \"sluice_offsets\"");
        } finally {
            database.execute("DROP ROLE ledger_guest");
        }
    }

    private static Grant grant(Ledger ledger, TopicPartition partition) throws SQLException {
        return Optional.ofNullable(ledger.acquire(List.of(partition)).get(partition))
                .orElseThrow();
    }

    private static PartitionOffsets open(Ledger ledger, TopicPartition partition) throws SQLException {
        OffsetTracker tracker = new OffsetTracker();
        tracker.open(partition, grant(ledger, partition));
        return tracker.of(partition);
    }

    private static void say(Database database, Marks lane, PartitionOffsets partition, long offset)
            throws SQLException {
        lane.add(partition, offset, 0);
        make(database, lane.claim());
        lane.committed();
    }

    private static void make(Database database, Claim claim) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            claim.make(connection);
            connection.commit();
        }
    }

    private static Ledger ledger(Database database, int lanes) {
        SinkConfig config = SinkConfig.parse(database.connectionConfig());
        return new Ledger(
                Sessions.unpooled(config, Duration.ofSeconds(10)),
                new TableId("", "sluice_offsets"),
                "test",
                lanes,
                UUID::randomUUID);
    }
}
