package io.sluice.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ownership.Beginning.Sight;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class BeginningTest {

    @Test
    void theRecordThatWasAskedForIsFine() {
        assertThat(sights(100, true, 100)).containsExactly(Sight.FINE);
        assertThat(sights(100, true, 7))
                .as("another topic, which is somebody else's business")
                .containsExactly(Sight.FINE);
    }

    @Test
    void aHoleBehindARecordThatIsStillThereIsFine() {
        assertThat(sights(100, true, 103, 99)).containsExactly(Sight.ASK, Sight.BEFORE);
    }

    @Test
    void aLogThatWasCutHasLostWhatIsMissing() {
        assertThat(sights(100, true, 103, 103)).containsExactly(Sight.ASK, Sight.GONE);
    }

    @Test
    void whereReadingGoesOnTooLateItGoesBack() {
        assertThat(sights(100, true, 103, 500)).containsExactly(Sight.ASK, Sight.GONE_AND_TOO_LATE);
    }

    /** It would go on with the last record and not with the first. */
    @Test
    void asksForNothingThatMayNotBeThereWhereTheConsumerWouldLeaveRecordsOut() {
        assertThat(sights(100, false, 103)).containsExactly(Sight.GONE);
    }

    @Test
    void nothingIsBeforeTheFirstRecord() {
        assertThat(sights(0, true, 5)).containsExactly(Sight.FINE);
    }

    private static List<Sight> sights(long next, boolean mayAsk, long... offsets) {
        Beginning beginning = new Beginning(next, mayAsk);
        return LongStream.of(offsets).mapToObj(beginning::see).toList();
    }
}
