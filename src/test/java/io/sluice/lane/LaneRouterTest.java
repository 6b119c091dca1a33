package io.sluice.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.IdentifierCase;
import io.sluice.config.SinkConfig;
import io.sluice.config.WriteOrdering;
import io.sluice.metrics.SinkMetrics;
import io.sluice.record.Change;
import io.sluice.record.Origin;
import io.sluice.record.RecordDecoder;
import io.sluice.table.Column;
import io.sluice.table.KeyRule;
import io.sluice.table.TableCatalog;
import io.sluice.table.TableId;
import io.sluice.table.TableSchema;
import io.sluice.type.ColumnBindings;
import io.sluice.type.KeyBindings;
import io.sluice.type.PgType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class LaneRouterTest {
    private static final int LANES = 4;
    private static final TableId TABLE = new TableId("", "orders");
    private static final TableId QUALIFIED = new TableId("public", "orders");
    private static final SinkConfig CONFIG =
            SinkConfig.parse(Map.of("connection.url", "jdbc:postgresql://localhost/none"));

    /** A task may have any of a topic's partitions; every second one, say, as the second of two tasks. */
    @Test
    void spreadsPartitionsEvenlyWhicheverTheTaskHas() {
        LaneRouter router = router(WriteOrdering.PARTITION);
        List<Integer> lanes = IntStream.range(0, 2 * LANES)
                .mapToObj(number -> router.lane(TABLE, change(2 * number + 1, "a")))
                .toList();

        assertThat(lanes).containsExactlyInAnyOrder(0, 0, 1, 1, 2, 2, 3, 3);
    }

    @Test
    void keepsThePartitionInItsLane() {
        LaneRouter router = router(WriteOrdering.PARTITION);
        int first = router.lane(TABLE, change(7, "a"));
        int other = router.lane(TABLE, change(3, "a"));

        assertThat(router.lane(TABLE, change(7, "b"))).isEqualTo(first);
        assertThat(router.lane(TABLE, change(3, "b"))).isEqualTo(other).isNotEqualTo(first);
    }

    @Test
    void partitionsStayEvenlySpreadWhileTheyComeAndGo() {
        LaneRouter router = router(WriteOrdering.PARTITION);
        for (int rebalance = 0; rebalance < 100; rebalance++) {
            int first = rebalance;
            List<Integer> lanes = IntStream.range(first, first + LANES)
                    .mapToObj(number -> router.lane(TABLE, change(number, "a")))
                    .toList();

            assertThat(lanes).containsExactlyInAnyOrder(0, 1, 2, 3);
            router.forgetPartitions(List.of(new TopicPartition("orders", first)));
        }
    }

    @Test
    void textsOfTheCommonFormSpreadUntilOneHasAnother() {
        LaneRouter router = router(WriteOrdering.KEY);
        router.know(TABLE, table(TABLE, "date"), change(0, "2024-01-01"));
        Set<Integer> spread = Set.copyOf(IntStream.range(10, 30)
                .mapToObj(day -> router.lane(TABLE, change(0, "2024-01-" + day)))
                .toList());
        assertThat(spread).hasSize(LANES);

        Change odd = change(0, "20240105");
        assertThat(router.lane(TABLE, odd)).isEqualTo(LaneRouter.WAIT);
        int lane = router.lane(TABLE, odd);
        assertThat(lane).isNotNegative();
        assertThat(IntStream.range(10, 30).map(day -> router.lane(TABLE, change(0, "2024-01-" + day))))
                .containsOnly(lane);
    }

    @Test
    void namesOfOneTableGoOneWay() {
        LaneRouter router = router(WriteOrdering.KEY);
        TableSchema table = table(QUALIFIED, "uuid");
        Change change = change(0, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        router.know(TABLE, table, change);
        router.know(QUALIFIED, table, change);

        assertThat(router.lane(TABLE, change)).isEqualTo(router.lane(QUALIFIED, change));
        assertThat(router.namesOf(TABLE)).containsExactlyInAnyOrder(TABLE, QUALIFIED);
    }

    @Test
    void aTableWhoseKeyIsOfAnotherTypeHasToWait() {
        LaneRouter router = router(WriteOrdering.KEY);
        Change change = change(0, "1");
        router.know(TABLE, table(TABLE, "int4"), change);
        router.lane(TABLE, change);

        assertThat(router.know(TABLE, table(TABLE, "int4"), change)).isTrue();
        assertThat(router.know(TABLE, table(TABLE, "int8"), change)).isFalse();
    }

    private static LaneRouter router(WriteOrdering ordering) {
        KeyRule keys =
                new KeyRule(CONFIG.records().keys().mode(), CONFIG.writes().insertMode());
        TableCatalog catalog = new TableCatalog(new PGSimpleDataSource(), CONFIG, keys, new SinkMetrics() {});
        KeyBindings bindings =
                new KeyBindings(new ColumnBindings(CONFIG.records().values()));
        return new LaneRouter(ordering, keys, bindings, catalog, LANES);
    }

    private static TableSchema table(TableId id, String keyType) {
        Column key = new Column("id", PgType.builtIn(keyType), true, false, Column.Generation.NONE, true, false);
        return new TableSchema(
                id,
                TableSchema.Kind.TABLE,
                TableSchema.Storage.LOGGED,
                List.of(key),
                new TableSchema.Keys(List.of("id"), List.of(Set.of("id")), List.of(), Optional.empty()),
                new TableSchema.References(Set.of(), false));
    }

    private static Change change(int partition, String id) {
        SinkRecord record = new SinkRecord("orders", partition, null, null, null, Map.of("id", id), 0);
        return new RecordDecoder(CONFIG.records(), IdentifierCase.AS_IS)
                .decode(record, new Origin(new TopicPartition("orders", partition), 0), key -> Optional.empty())
                .get(0);
    }
}
