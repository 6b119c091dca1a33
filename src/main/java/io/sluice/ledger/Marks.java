package io.sluice.ledger;

import io.sluice.offset.PartitionOffsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What one lane has written of each partition, and what it is about to write.
 *
 * <p>Belongs to one lane.
 */
public interface Marks {
    /** Nothing is marked: Kafka has the offsets. */
    Marks NONE = new Marks() {
        @Override
        public void add(PartitionOffsets partition, long offset, int rest) {}

        @Override
        public boolean isEmpty() {
            return true;
        }

        @Override
        public Claim claim() {
            return Claim.NONE;
        }

        @Override
        public void committed() {}

        @Override
        public void dropped() {}

        @Override
        public boolean review(Connection connection) {
            return false;
        }

        @Override
        public List<Loss> losses() {
            return List.of();
        }
    };

    /**
     * A change is about to be written.
     *
     * @param rest the number of changes that its record has after it
     */
    void add(PartitionOffsets partition, long offset, int rest);

    /** Whether there is nothing to be said. */
    boolean isEmpty();

    /** What is to be said of all that was added. */
    Claim claim();

    /** The transaction is committed. */
    void committed();

    /** The transaction came to nothing. */
    void dropped();

    /**
     * Looks at what the ledger says of the partitions that were added, after waiting for whoever is writing there: for a
     * lane that does not know whether its transaction was committed, or that was refused. Partitions that have another
     * owner, or of which the ledger knows less than the lane, are taken away. The caller ends the transaction.
     *
     * @return whether the ledger knows of what was added
     */
    boolean review(Connection connection) throws SQLException;

    /** The partitions that the last review has taken away. */
    List<Loss> losses();
}
