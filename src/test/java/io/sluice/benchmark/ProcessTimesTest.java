package io.sluice.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProcessTimesTest {

    private static final String STAT =
            "4711 (a (strange) name) S 1 4711 4711 0 -1 4194560 917 1222 0 0 12 34 5 6 20 0 1 0";

    @Test
    void readsTheTimeOfAProcessWithAStrangeName() {
        assertThat(ProcessTimes.ownMicros(STAT)).isEqualTo(460_000);
    }

    @Test
    void readsTheTimeOfAProcessWithItsEndedChildren() {
        assertThat(ProcessTimes.wholeMicros(STAT)).isEqualTo(570_000);
    }

    @Test
    void readsTheLargestMemory() {
        assertThat(ProcessTimes.peakBytes("Name:\tjava\nVmPeak:\t 200 kB\nVmHWM:\t     100 kB\nVmRSS:\t 50 kB\n"))
                .isEqualTo(102_400);
    }

    @Test
    void readsThisProcess() {
        long pid = ProcessHandle.current().pid();
        assertThat(ProcessTimes.own(pid)).isPositive();
        assertThat(ProcessTimes.tree(pid)).isGreaterThanOrEqualTo(ProcessTimes.own(pid));
        assertThat(ProcessTimes.peakBytes(pid)).isPositive();
    }
}
