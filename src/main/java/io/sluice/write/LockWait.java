package io.sluice.write;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a session waits for a lock, which is set when it changes; a rollback takes that back. Belongs to one session. */
final class LockWait {
    /** Null where nobody knows what a rollback has left. */
    private @Nullable Duration current;

    private boolean fresh;

    LockWait(Duration current) {
        this.current = current;
    }

    /** Notes what is wanted from now on, and returns whether the server has to be told. */
    boolean changesTo(Duration wanted) {
        if (wanted.equals(current)) {
            return false;
        }
        current = wanted;
        fresh = true;
        return true;
    }

    void committed() {
        fresh = false;
    }

    void rolledBack() {
        if (fresh) {
            current = null;
            fresh = false;
        }
    }
}
