package io.sluice.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class AnomaliesTest {
    private static final Cause LOCK = new Cause("lock", "writing waits on a lock held by pid 4711, application psql");
    private static final Cause DISK = new Cause("disk", "writing waits for the disk (WALSync)");

    private final List<String> begun = new ArrayList<>();
    private final List<String> over = new ArrayList<>();
    private final Anomalies anomalies = new Anomalies(begun::add, over::add);

    @Test
    void saysItOnceAndThatItIsOver() {
        for (int second = 0; second < 120; second++) {
            anomalies.raise("lag orders", "orders falls behind", LOCK, seconds(second));
        }
        anomalies.clear("lag orders", "orders does not fall behind any more");
        anomalies.clear("lag orders", "orders does not fall behind any more");

        assertThat(begun).containsExactly("orders falls behind; " + LOCK.text());
        assertThat(over).containsExactly("orders does not fall behind any more");
    }

    @Test
    void saysTheSameAgainAfterSomeMinutesOnly() {
        for (int second = 0; second <= 601; second += 10) {
            anomalies.raise("lag orders", "orders falls behind", LOCK, seconds(second));
            anomalies.clear("lag orders", "over");
        }

        assertThat(begun).hasSize(3);
        assertThat(over).hasSize(3);
    }

    @Test
    void saysWhenTheCauseIsAnotherOneAndWhenTheSubjectIs() {
        anomalies.raise("lag orders", "orders falls behind", LOCK, 0);
        anomalies.raise("lag orders", "orders falls behind", DISK, seconds(5));
        anomalies.raise("lag items", "items falls behind", DISK, seconds(5));

        assertThat(begun)
                .containsExactly(
                        "orders falls behind; " + LOCK.text(),
                        "orders falls behind; " + DISK.text(),
                        "items falls behind; " + DISK.text());
        assertThat(anomalies.lines())
                .containsExactly("orders falls behind; " + DISK.text(), "items falls behind; " + DISK.text());
    }

    @Test
    void waitsALittleForACause() {
        anomalies.raise("lanes", "Writing stands still", Cause.UNKNOWN, 0);
        assertThat(begun).isEmpty();
        assertThat(anomalies.lines()).hasSize(1);

        anomalies.raise("lanes", "Writing stands still", LOCK, seconds(1));
        assertThat(begun).hasSize(1);
    }

    @Test
    void saysItWithoutACauseIfThereIsNone() {
        for (int second = 0; second < 10; second++) {
            anomalies.raise("lanes", "Writing stands still", Cause.UNKNOWN, seconds(second));
        }

        assertThat(begun).hasSize(1);
    }

    @Test
    void doesNotSayThatSomethingIsOverThatWasNeverSaid() {
        anomalies.raise("lanes", "Writing stands still", Cause.UNKNOWN, 0);
        anomalies.clear("lanes", "Writing goes on");

        assertThat(over).isEmpty();
        assertThat(anomalies.lines()).isEmpty();
    }

    private static long seconds(int count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
