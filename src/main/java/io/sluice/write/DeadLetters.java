package io.sluice.write;

import io.sluice.record.DeadLetter;
import java.sql.SQLException;
import java.util.List;

/** Where bad records are written down beside the rows. */
@FunctionalInterface
public interface DeadLetters {
    /** Nowhere: they are not given to a transaction at all. */
    DeadLetters NONE = (session, letters) -> {};

    /** Writes them in the transaction that the session is in. */
    void write(PgSession session, List<DeadLetter> letters) throws SQLException;
}
