package io.sluice.compatibility;

import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks of the matrix, with the versions of this build. */
@ExtendWith(HarnessExtension.class)
final class SmokeIT {

    @ParameterizedTest
    @EnumSource(Check.class)
    void works(Check check, Scenario test) {
        check.run(new Stage(test, test.database()));
    }
}
