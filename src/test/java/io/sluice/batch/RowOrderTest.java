package io.sluice.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order a group hands over its rows. */
final class RowOrderTest {
    private static final int ROWS = 3_000;

    private final Random random = new Random(20_261_127);

    @Test
    void rowsComeAsTheyWereAddedUnlessTheyAreSorted() {
        RowGroup group = group(3, 1, 2);

        assertThat(order(group)).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {ROWS, 1L << 40, 1L << 50})
    void sortsByKey(long greatest) {
        long[] ids = random.longs(ROWS, 0, greatest).toArray();
        RowGroup group = group(ids);

        group.sortByKey(true);

        // Rows of one key as they came.
        List<Integer> expected =
                new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
        expected.sort(Comparator.comparingLong(row -> ids[row]));
        assertThat(order(group)).isEqualTo(expected);
    }

    /** Beside keys of all lengths there is no room for all of a key: those that are close may change places. */
    @Test
    void nearlySortsKeysThatAreFarApart() {
        long[] ids = random.longs(ROWS).toArray();
        RowGroup group = group(ids);

        group.sortByKey(true);

        assertThat(order(group))
                .isSortedAccordingTo((one, other) -> Long.compareUnsigned(ids[one] >>> 13, ids[other] >>> 13))
                .doesNotHaveDuplicates()
                .hasSize(ROWS);
    }

    @Test
    void sortsByTheFirstColumnInWhichKeysDiffer() {
        byte[] tenant = "one and the same tenant".getBytes(StandardCharsets.UTF_8);
        List<Long> ids = new ArrayList<>(LongStream.range(0, ROWS).boxed().toList());
        Collections.shuffle(ids, random);
        RowGroup group = RowGroups.ofKeys(
                List.of("text", "int8"),
                true,
                ids.stream().map(id -> List.of(tenant, int8(id))).toList());

        group.sortByKey(true);

        assertThat(order(group)).extracting(ids::get).isSorted();
    }

    @Test
    void sortsKeysOfAFewBytes() {
        List<String> keys = List.of("b", "", "a", "ab", "aa", "");
        RowGroup group = RowGroups.ofKeys(
                List.of("text"),
                true,
                keys.stream()
                        .map(key -> List.of(key.getBytes(StandardCharsets.UTF_8)))
                        .toList());

        group.sortByKey(true);

        assertThat(order(group)).extracting(keys::get).containsExactly("", "", "a", "b", "aa", "ab");
        assertThat(order(group)).startsWith(1, 5);
    }

    @Test
    void rowsThatAreLeftOutStayOut() {
        RowGroup group = group(5, 4, 3, 2, 1);
        RowGroups.drop(group, 0, 2);

        group.sortByKey(true);

        assertThat(order(group)).containsExactly(4, 3, 1);
        assertThat(group.starts()).hasSize(3);
    }

    /** Of keys like 1.0 and 1.00 the later one counts. */
    @Test
    void keysThatPostgresqlMayFindEqualKeepTheirOrder() {
        RowGroup group = RowGroups.ofKeys(List.of("numeric"), false, List.of(List.of(int8(2)), List.of(int8(1))));

        group.sortByKey(true);

        assertThat(order(group)).containsExactly(0, 1);
    }

    @Test
    void theOrderInWhichRowsCameIsNotLost() {
        RowGroup group = group(3, 1, 2);
        group.sortByKey(true);
        group.sortByKey(false);

        assertThat(order(group)).containsExactly(0, 1, 2);
    }

    @Test
    void aGroupThatStartsOverIsAsItWas() {
        RowGroup group = group(2, 1);
        group.sortByKey(true);
        group.clear(group.columns());

        assertThat(order(group)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 10_000})
    void handsOverTheRowsInThatOrder(int rows) {
        RowGroup group = group(random.longs(rows, 0, ROWS).toArray());
        RowGroups.drop(
                group, IntStream.range(0, rows).filter(row -> row % 7 == 3).toArray());
        group.sortByKey(true);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        int width = rows == 0 ? 0 : group.bytes() / rows;
        for (int start : group.starts()) {
            expected.write(group.array(), start, width);
        }

        assertThat(handedOver(group, new ArrayList<>())).isEqualTo(expected.toByteArray());
    }

    /** Each run is a message of its own. */
    @Test
    void handsOverFewRuns() {
        RowGroup sorted = group(random.longs(10_000).toArray());
        sorted.sortByKey(true);
        RowGroup ascending = group(LongStream.range(0, 10_000).toArray());
        ascending.sortByKey(true);
        List<Integer> runs = new ArrayList<>();
        handedOver(sorted, runs);
        List<Integer> whole = new ArrayList<>();
        handedOver(ascending, whole);

        assertThat(runs).hasSizeLessThan(10);
        assertThat(whole).containsExactly(ascending.bytes());
    }

    private static RowGroup group(long... ids) {
        return RowGroups.ofKeys(
                List.of("int8"),
                true,
                Arrays.stream(ids).mapToObj(id -> List.of(int8(id))).toList());
    }

    private static byte[] int8(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    /** The rows by the numbers that they have in the batch. */
    private static List<Integer> order(RowGroup group) {
        return IntStream.range(0, group.rows())
                .mapToObj(place -> group.record(place).orElseThrow())
                .toList();
    }

    private static byte[] handedOver(RowGroup group, List<Integer> runs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        group.writeTo((bytes, offset, count) -> {
            out.write(bytes, offset, count);
            runs.add(count);
        });
        return out.toByteArray();
    }
}
