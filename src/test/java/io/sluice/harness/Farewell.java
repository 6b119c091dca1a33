package io.sluice.harness;

import org.jspecify.annotations.Nullable;

/** Does all that has to be done at an end, whatever of it fails, and complains afterwards. */
final class Farewell {

    private @Nullable Throwable complaint;

    void say(Runnable last) {
        try {
            last.run();
        } catch (RuntimeException | AssertionError e) {
            if (complaint == null) {
                complaint = e;
            } else {
                complaint.addSuppressed(e);
            }
        }
    }

    void complain() {
        if (complaint != null) {
            throw new HarnessException("Not all could be cleared away.", complaint);
        }
    }
}
