package io.sluice.ledger;

import io.sluice.table.TableId;

/**
 * The statements about the table of the offsets.
 *
 * <p>A partition has a row with lane -1, which says how far it was when its owner got it, and one row for each lane of
 * that owner, which says what the lane has written since. What is durable of the partition is what any of its rows says.
 */
record LedgerSql(TableId table) {
    static final int BASE = -1;

    /** IF NOT EXISTS alone does not keep two that make one table at the same time from failing. */
    String lockCreation() {
        return "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('sluice offsets'))";
    }

    /** Whether there is no such table yet. Parameter: its name. */
    String isMissing() {
        return "SELECT pg_catalog.to_regclass(?) IS NULL";
    }

    /** Makes the table, whose pages have room for updates that touch no index ("HOT", documentation of storage). */
    String create() {
        return """
                CREATE TABLE IF NOT EXISTS %s (
                    id text NOT NULL,
                    topic text NOT NULL,
                    part integer NOT NULL,
                    lane integer NOT NULL,
                    token uuid NOT NULL,
                    step bigint NOT NULL DEFAULT 0,
                    next_offset bigint,
                    beyond bytea,
                    halves bytea,
                    updated timestamptz NOT NULL DEFAULT now(),
                    PRIMARY KEY (id, topic, part, lane)
                ) WITH (fillfactor = 50)""".formatted(table.sql());
    }

    /** Makes rows for partitions that have none. Parameters: id, token, topics, partitions. */
    String enter() {
        return """
                INSERT INTO %s (id, topic, part, lane, token)
                SELECT ?, n.topic, n.part, -1, ?
                FROM unnest(?::text[], ?::int[]) AS n (topic, part)
                ORDER BY n.topic, n.part
                ON CONFLICT DO NOTHING""".formatted(table.sql());
    }

    /**
     * Holds the partitions' own rows, so that nobody else can take them over, in an order that is the same for everybody.
     * Parameters: id, topics, partitions.
     */
    String lockBases() {
        return lock("= -1");
    }

    /** Holds the row of a partition whose token is known. Parameters: topics, partitions, id, token. */
    String holdBase() {
        return """
                SELECT FROM %s AS o
                JOIN unnest(?::text[], ?::int[]) AS n (topic, part) ON o.topic = n.topic AND o.part = n.part
                WHERE o.id = ? AND o.lane = -1 AND o.token = ?
                FOR UPDATE OF o""".formatted(table.sql());
    }

    /** The same for the rows of lanes, after waiting for what these are writing. Their snapshot is later than the one before. */
    String lockLanes() {
        return lock(">= 0");
    }

    private String lock(String lanes) {
        return """
                SELECT o.topic, o.part, o.next_offset, o.beyond, o.halves
                FROM %s AS o
                JOIN unnest(?::text[], ?::int[]) AS n (topic, part) ON o.topic = n.topic AND o.part = n.part
                WHERE o.id = ? AND o.lane %s
                ORDER BY o.topic, o.part, o.lane
                FOR UPDATE OF o""".formatted(table.sql(), lanes);
    }

    /** Parameters: token, topics, partitions, next offsets, offsets beyond, halves, id. */
    String takeBases() {
        return """
                UPDATE %s AS o
                SET token = ?, step = o.step + 1, next_offset = n.next_offset, beyond = n.beyond, halves = n.halves,
                    updated = now()
                FROM unnest(?::text[], ?::int[], ?::bigint[], ?::bytea[], ?::bytea[])
                     AS n (topic, part, next_offset, beyond, halves)
                WHERE o.id = ? AND o.topic = n.topic AND o.part = n.part AND o.lane = -1""".formatted(table.sql());
    }

    /** Parameters: id, token, lanes, topics, partitions. */
    String takeLanes() {
        return """
                INSERT INTO %s AS o (id, topic, part, lane, token)
                SELECT ?, n.topic, n.part, l.lane, ?
                FROM unnest(?::text[], ?::int[]) AS n (topic, part), generate_series(0, ? - 1) AS l (lane)
                ORDER BY n.topic, n.part, l.lane
                ON CONFLICT (id, topic, part, lane) DO UPDATE
                SET token = EXCLUDED.token, step = 0, next_offset = NULL, beyond = NULL, halves = NULL,
                    updated = now()""".formatted(table.sql());
    }

    /** Lanes that there are no more. Parameters: id, topics, partitions, lanes. */
    String dropLanes() {
        return """
                DELETE FROM %s AS o
                USING unnest(?::text[], ?::int[]) AS n (topic, part)
                WHERE o.id = ? AND o.topic = n.topic AND o.part = n.part AND o.lane >= ?""".formatted(table.sql());
    }

    /**
     * Compares and sets: writes down what a lane has written, where it is still the lane's turn. What it says is durable as a
     * whole stands on other lanes' steps, and after a failover those may be lost, which nobody but this statement would
     * notice in time. Parameters: topics, partitions, tokens, steps, next offsets, offsets beyond, halves, id, lane; topics,
     * partitions, lanes and steps of all lanes; id.
     */
    String claim() {
        return """
                UPDATE %s AS o
                SET step = o.step + 1, next_offset = n.next_offset, beyond = n.beyond, halves = n.halves, updated = now()
                FROM unnest(?::text[], ?::int[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bytea[], ?::bytea[])
                     AS n (topic, part, token, step, next_offset, beyond, halves)
                WHERE o.id = ? AND o.lane = ? AND o.topic = n.topic AND o.part = n.part
                  AND o.token = n.token AND o.step = n.step
                  AND NOT EXISTS (
                      SELECT FROM unnest(?::text[], ?::int[], ?::int[], ?::bigint[]) AS k (topic, part, lane, step)
                      JOIN %s AS r ON r.topic = k.topic AND r.part = k.part AND r.lane = k.lane
                      WHERE r.id = ? AND r.step < k.step)""".formatted(table.sql(), table.sql());
    }

    /** Where a lane stands, once nobody is writing it any more. Parameters: topics, partitions, id, lane. */
    String review() {
        return """
                SELECT o.topic, o.part, o.token, o.step
                FROM %s AS o
                JOIN unnest(?::text[], ?::int[]) AS n (topic, part) ON o.topic = n.topic AND o.part = n.part
                WHERE o.id = ? AND o.lane = ?
                ORDER BY o.topic, o.part
                FOR UPDATE OF o""".formatted(table.sql());
    }

    /** Notes how far partitions are as a whole, where they are still ours. Parameters: topics, partitions, tokens, offsets, id. */
    String raise() {
        return """
                UPDATE %s AS o
                SET next_offset = n.next_offset, updated = now()
                FROM unnest(?::text[], ?::int[], ?::uuid[], ?::bigint[]) AS n (topic, part, token, next_offset)
                WHERE o.id = ? AND o.lane = -1 AND o.topic = n.topic AND o.part = n.part AND o.token = n.token
                  AND (o.next_offset IS NULL OR o.next_offset < n.next_offset)""".formatted(table.sql());
    }

    /** Where all lanes stand, as it was committed. Parameters: topics, partitions, id. */
    String verify() {
        return """
                SELECT o.topic, o.part, o.lane, o.token, o.step
                FROM %s AS o
                JOIN unnest(?::text[], ?::int[]) AS n (topic, part) ON o.topic = n.topic AND o.part = n.part
                WHERE o.id = ?""".formatted(table.sql());
    }

    /**
     * Ends the sessions whose transactions hold rows of these partitions: their owner has another one by now, and may be
     * frozen. Parameters: topics, partitions, id.
     */
    String endHolders() {
        return """
                SELECT count(*) FILTER (WHERE pg_catalog.pg_terminate_backend(k.pid))
                FROM %s AS o
                JOIN unnest(?::text[], ?::int[]) AS n (topic, part) ON o.topic = n.topic AND o.part = n.part
                JOIN pg_catalog.pg_locks AS k ON k.locktype = 'transactionid' AND k.transactionid = o.xmax
                WHERE o.id = ? AND k.granted AND k.pid <> pg_catalog.pg_backend_pid()""".formatted(table.sql());
    }

    /** Forgets all rows of partitions. Parameters: topics, partitions, id. */
    String forget() {
        return """
                DELETE FROM %s AS o
                USING unnest(?::text[], ?::int[]) AS n (topic, part)
                WHERE o.id = ? AND o.topic = n.topic AND o.part = n.part""".formatted(table.sql());
    }

    /** Forgets whatever there is. Parameter: id. */
    String forgetAll() {
        return "DELETE FROM %s WHERE id = ?".formatted(table.sql());
    }

    /** Parameters: id, token, topics, partitions, next offsets. */
    String put() {
        return """
                INSERT INTO %s (id, topic, part, lane, token, next_offset)
                SELECT ?, n.topic, n.part, -1, ?, n.next_offset
                FROM unnest(?::text[], ?::int[], ?::bigint[]) AS n (topic, part, next_offset)""".formatted(table.sql());
    }
}
