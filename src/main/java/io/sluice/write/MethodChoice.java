package io.sluice.write;

import io.sluice.batch.RowGroup;
import io.sluice.config.WriteConfig;
import io.sluice.config.WriteMethod;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how the rows of a group are sent. With {@code write.method=auto} that is by their number, and without temporary
 * tables from the first time on that there was none to be had. Safe for use by several lanes.
 */
final class MethodChoice {
    private static final Logger LOG = LoggerFactory.getLogger(MethodChoice.class);

    /**
     * More rows go by COPY. Measured with eight columns and a primary key, PostgreSQL 18 on the same two cores: up to 100
     * rows as arrays take half the time of those by way of a temporary table, 1,000 two thirds, and from 2,000 on as much.
     */
    private static final int MOST_UNNESTED = 1_000;

    /** The same where columns of arrays have to go as single rows: of 100 these take two thirds, of 300 as much. */
    private static final int MOST_SINGLE = 50;

    /** Arrays are built in memory as a whole, while COPY streams. */
    private static final int MOST_BYTES = 1 << 20;

    private final WriteMethod setting;
    private final AtomicBoolean stages = new AtomicBoolean(true);

    MethodChoice(WriteConfig writes) {
        this.setting = writes.method();
    }

    /** Whether the rows go by COPY, if there is something that they can be copied to. */
    boolean copies(PgSession session, RowGroup group) {
        return switch (setting) {
            case COPY -> true;
            case UNNEST, ROWS -> false;
            case AUTO -> !session.takesParameters() || isLarge(group);
        };
    }

    /** Whether rows that are inserted, or are likely to be new, go by COPY straight into their table. */
    boolean copiesStraight(PgSession session, RowGroup group) {
        return copies(session, group)
                || (setting == WriteMethod.AUTO && session.copies().pays(group.rows()));
    }

    /** Where a statement reads the rows from. */
    RowSource source(PgSession session, RowGroup group) throws SQLException {
        boolean staged = copies(session, group) && stages.get();
        return staged ? session.stage(group.columns().wireTypes()) : parameters(group);
    }

    /** Where a statement for each row reads it from; where there are no parameters, one for all of them. */
    RowSource single(PgSession session, RowGroup group) throws SQLException {
        return session.takesParameters() ? SingleRows.of(group.columns()) : source(session, group);
    }

    private RowSource parameters(RowGroup group) {
        boolean arrays = setting != WriteMethod.ROWS && ColumnArrays.canHold(group.columns());
        return arrays ? ColumnArrays.of(group.columns()) : SingleRows.of(group.columns());
    }

    private static boolean isLarge(RowGroup group) {
        int most = ColumnArrays.canHold(group.columns()) ? MOST_UNNESTED : MOST_SINGLE;
        return group.rows() > most || group.bytes() > MOST_BYTES;
    }

    /**
     * Takes note that there was no temporary table, so that the batch can be written without, or with a new one.
     *
     * @throws SQLException what the server said, where that changes nothing
     */
    void noStage(PgSession session, NoStageException reason) throws SQLException {
        boolean avoidable = setting == WriteMethod.AUTO && session.takesParameters();
        if (!avoidable && !reason.isLoss()) {
            throw reason.error();
        }
        if (avoidable && stages.getAndSet(false)) {
            if (reason.isLoss()) {
                LOG.info("A temporary table is gone, as happens behind a pooler in transaction mode. Large batches are "
                        + "written without from now on; write.method=copy would go on with temporary tables");
            } else {
                LOG.warn("The role may not create temporary tables. Large batches are written without from now on, "
                        + "which takes more time; GRANT TEMPORARY ON DATABASE would mend that");
            }
        }
    }
}
