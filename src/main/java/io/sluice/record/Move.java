package io.sluice.record;

import java.util.List;
import java.util.Optional;

/**
 * An update that came before the key of its table was known: whether it gives the row another key shows only then. Its
 * deletion and its write share one instance.
 *
 * @param candidate the deletion with all that the record says of the row's old key
 * @param write the row after
 * @param unsent the first column that the source has not sent a value for, empty where there is none
 */
record Move(MovedKeys keys, Change candidate, Change write, String unsent) {
    /**
     * The deletion of the row under its old key; empty where the key stays.
     *
     * @param key names of the key's columns
     * @throws RecordException where the row moves and is not known as a whole
     */
    Optional<Change> deletion(List<String> key) {
        if (isRefused(key)) {
            // What is under the old key is the only row that has the value.
            throw new RecordException(
                    "the update gives the row another key, and the source has not sent the value of column \"" + unsent
                            + "\", which would be lost with the row under the old key",
                    "Set the source's table to REPLICA IDENTITY FULL, or delete.enabled to false to keep the row under "
                            + "its old key");
        }
        return keys.deletion(candidate, write, key);
    }

    /** Whether the row moves and is not known as a whole. */
    boolean isRefused(List<String> key) {
        return !unsent.isEmpty() && keys.deletion(candidate, write, key).isPresent();
    }
}
