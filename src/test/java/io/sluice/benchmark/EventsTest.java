package io.sluice.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.benchmark.Event.Operation;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class EventsTest {

    @Test
    void changesCreateARowOnceAndTouchNoneThatIsNotThere() {
        Events changes = new Events.Changes(30_007);
        Set<Long> there = new HashSet<>();
        long deletions = 0;
        for (long number = 0; number < changes.count(); number++) {
            Event event = changes.at(number);
            switch (event.operation()) {
                case CREATE -> assertThat(there.add(event.id())).isTrue();
                case UPDATE -> assertThat(there).contains(event.id());
                case DELETE -> assertThat(there.remove(event.id())).isTrue();
            }
            deletions += event.operation() == Operation.DELETE ? 1 : 0;
        }
        assertThat(changes.count()).isEqualTo(30_000);
        assertThat(changes.rows()).isEqualTo(there.size());
        assertThat(deletions).isEqualTo(4_000);
    }

    @Test
    void someAreRefused() {
        Events.SomeRefused changes = new Events.SomeRefused(10_001, 1_000);
        long refused = LongStream.range(0, changes.count())
                .filter(number -> changes.at(number).isRefused())
                .count();
        assertThat(refused).isEqualTo(10).isEqualTo(changes.refused());
        assertThat(changes.rows()).isEqualTo(9_991);
    }

    @Test
    void hotKeysAreSpreadEvenly() {
        Events changes = new Events.HotKeys(100_000, 100);
        Map<Long, Long> times = LongStream.range(0, changes.count())
                .mapToObj(number -> changes.at(number).id())
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        assertThat(times.values()).allMatch(of -> of > 800 && of < 1200);
        assertThat(changes.rows()).isEqualTo(100);
    }
}
