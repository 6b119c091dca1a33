package io.sluice.ledger;

import io.sluice.table.TableId;

/**
 * The statements about the table of the offsets.
 *
 * <p>A partition has a row with lane -1, which says how far it was when its owner got it, and one row for each lane of
 * that owner, which says what the lane has written since. What is durable of the partition is what any of its rows says.
 *
 * <p>Functions, operators and types are named with their schema, as in all our statements. Unnesting several arrays is
 * syntax, for which PostgreSQL takes its own function (transformRangeFunction in parse_clause.c).
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
                    id pg_catalog.text NOT NULL,
                    topic pg_catalog.text NOT NULL,
                    part integer NOT NULL,
                    lane integer NOT NULL,
                    token pg_catalog.uuid NOT NULL,
                    step bigint NOT NULL DEFAULT 0,
                    next_offset bigint,
                    beyond pg_catalog.bytea,
                    halves pg_catalog.bytea,
                    updated pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.now(),
                    PRIMARY KEY (id, topic, part, lane)
                ) WITH (fillfactor = 50)""".formatted(table.sql());
    }

    /** Makes rows for partitions that have none. Parameters: id, token, topics, partitions. */
    String enter() {
        return """
                INSERT INTO %s (id, topic, part, lane, token)
                SELECT ?, n.topic, n.part, -1, ?
                FROM unnest(?::pg_catalog.text[], ?::int[]) AS n (topic, part)
                ORDER BY n.topic, n.part
                ON CONFLICT DO NOTHING""".formatted(table.sql());
    }

    /**
     * Holds the partitions' own rows, so that nobody else can take them over, in an order that is the same for everybody.
     * Parameters: id, topics, partitions.
     */
    String lockBases() {
        return lock("OPERATOR(pg_catalog.=) -1");
    }

    /** Holds the row of a partition whose token is known. Parameters: topics, partitions, id, token. */
    String holdBase() {
        return """
                SELECT FROM %s AS o
                JOIN unnest(?::pg_catalog.text[], ?::int[]) AS n (topic, part)
                  ON o.topic OPERATOR(pg_catalog.=) n.topic AND o.part OPERATOR(pg_catalog.=) n.part
                WHERE o.id OPERATOR(pg_catalog.=) ? AND o.lane OPERATOR(pg_catalog.=) -1
                  AND o.token OPERATOR(pg_catalog.=) ?
                FOR UPDATE OF o""".formatted(table.sql());
    }

    /** The same for the rows of lanes, after waiting for what these are writing. Their snapshot is later than the one before. */
    String lockLanes() {
        return lock("OPERATOR(pg_catalog.>=) 0");
    }

    private String lock(String lanes) {
        return """
                SELECT o.topic, o.part, o.next_offset, o.beyond, o.halves
                FROM %s AS o
                JOIN unnest(?::pg_catalog.text[], ?::int[]) AS n (topic, part)
                  ON o.topic OPERATOR(pg_catalog.=) n.topic AND o.part OPERATOR(pg_catalog.=) n.part
                WHERE o.id OPERATOR(pg_catalog.=) ? AND o.lane %s
                ORDER BY o.topic, o.part, o.lane
                FOR UPDATE OF o""".formatted(table.sql(), lanes);
    }

    /** Parameters: token, topics, partitions, next offsets, offsets beyond, halves, id. */
    String takeBases() {
        return """
                UPDATE %s AS o
                SET token = ?, step = o.step OPERATOR(pg_catalog.+) 1, next_offset = n.next_offset, beyond = n.beyond,
                  halves = n.halves,
                    updated = pg_catalog.now()
                FROM unnest(?::pg_catalog.text[], ?::int[], ?::bigint[], ?::pg_catalog.bytea[], ?::pg_catalog.bytea[])
                     AS n (topic, part, next_offset, beyond, halves)
                WHERE o.id OPERATOR(pg_catalog.=) ? AND o.topic OPERATOR(pg_catalog.=) n.topic
                  AND o.part OPERATOR(pg_catalog.=) n.part
                  AND o.lane OPERATOR(pg_catalog.=) -1""".formatted(table.sql());
    }

    /** Parameters: id, token, lanes, topics, partitions. */
    String takeLanes() {
        return """
                INSERT INTO %s AS o (id, topic, part, lane, token)
                SELECT ?, n.topic, n.part, l.lane, ?
                FROM unnest(?::pg_catalog.text[], ?::int[]) AS n (topic, part),
                  pg_catalog.generate_series(0, ? OPERATOR(pg_catalog.-) 1) AS l (lane)
                ORDER BY n.topic, n.part, l.lane
                ON CONFLICT (id, topic, part, lane) DO UPDATE
                SET token = EXCLUDED.token, step = 0, next_offset = NULL, beyond = NULL, halves = NULL,
                    updated = pg_catalog.now()""".formatted(table.sql());
    }

    /** Lanes that there are no more. Parameters: id, topics, partitions, lanes. */
    String dropLanes() {
        return """
                DELETE FROM %s AS o
                USING unnest(?::pg_catalog.text[], ?::int[]) AS n (topic, part)
                WHERE o.id OPERATOR(pg_catalog.=) ? AND o.topic OPERATOR(pg_catalog.=) n.topic
                  AND o.part OPERATOR(pg_catalog.=) n.part
                  AND o.lane OPERATOR(pg_catalog.>=) ?""".formatted(table.sql());
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
                SET step = o.step OPERATOR(pg_catalog.+) 1, next_offset = n.next_offset, beyond = n.beyond,
                  halves = n.halves, updated = pg_catalog.now()
                FROM unnest(?::pg_catalog.text[], ?::int[], ?::pg_catalog.uuid[], ?::bigint[], ?::bigint[],
                            ?::pg_catalog.bytea[], ?::pg_catalog.bytea[])
                     AS n (topic, part, token, step, next_offset, beyond, halves)
                WHERE o.id OPERATOR(pg_catalog.=) ? AND o.lane OPERATOR(pg_catalog.=) ?
                  AND o.topic OPERATOR(pg_catalog.=) n.topic AND o.part OPERATOR(pg_catalog.=) n.part
                  AND o.token OPERATOR(pg_catalog.=) n.token AND o.step OPERATOR(pg_catalog.=) n.step
                  AND NOT EXISTS (
                      SELECT FROM unnest(?::pg_catalog.text[], ?::int[], ?::int[], ?::bigint[]) AS k (topic, part, lane, step)
                      JOIN %s AS r ON r.topic OPERATOR(pg_catalog.=) k.topic AND r.part OPERATOR(pg_catalog.=) k.part
                        AND r.lane OPERATOR(pg_catalog.=) k.lane
                      WHERE r.id OPERATOR(pg_catalog.=) ?
                        AND r.step OPERATOR(pg_catalog.<) k.step)""".formatted(table.sql(), table.sql());
    }

    /** Where a lane stands, once nobody is writing it any more. Parameters: topics, partitions, id, lane. */
    String review() {
        return """
                SELECT o.topic, o.part, o.token, o.step
                FROM %s AS o
                JOIN unnest(?::pg_catalog.text[], ?::int[]) AS n (topic, part)
                  ON o.topic OPERATOR(pg_catalog.=) n.topic AND o.part OPERATOR(pg_catalog.=) n.part
                WHERE o.id OPERATOR(pg_catalog.=) ? AND o.lane OPERATOR(pg_catalog.=) ?
                ORDER BY o.topic, o.part
                FOR UPDATE OF o""".formatted(table.sql());
    }

    /** Notes how far partitions are as a whole, where they are still ours. Parameters: topics, partitions, tokens, offsets, id. */
    String raise() {
        return """
                UPDATE %s AS o
                SET next_offset = n.next_offset, updated = pg_catalog.now()
                FROM unnest(?::pg_catalog.text[], ?::int[], ?::pg_catalog.uuid[], ?::bigint[]) AS n (topic, part, token, next_offset)
                WHERE o.id OPERATOR(pg_catalog.=) ? AND o.lane OPERATOR(pg_catalog.=) -1
                  AND o.topic OPERATOR(pg_catalog.=) n.topic AND o.part OPERATOR(pg_catalog.=) n.part
                  AND o.token OPERATOR(pg_catalog.=) n.token
                  AND (o.next_offset IS NULL OR o.next_offset OPERATOR(pg_catalog.<) n.next_offset)""".formatted(table.sql());
    }

    /** Where all lanes stand, as it was committed. Parameters: topics, partitions, id. */
    String verify() {
        return """
                SELECT o.topic, o.part, o.lane, o.token, o.step
                FROM %s AS o
                JOIN unnest(?::pg_catalog.text[], ?::int[]) AS n (topic, part)
                  ON o.topic OPERATOR(pg_catalog.=) n.topic AND o.part OPERATOR(pg_catalog.=) n.part
                WHERE o.id OPERATOR(pg_catalog.=) ?""".formatted(table.sql());
    }

    /**
     * Ends the sessions whose transactions hold rows of these partitions: their owner has another one by now, and may be
     * frozen. Parameters: topics, partitions, id.
     */
    String endHolders() {
        return """
                SELECT pg_catalog.count(*) FILTER (WHERE pg_catalog.pg_terminate_backend(k.pid))
                FROM %s AS o
                JOIN unnest(?::pg_catalog.text[], ?::int[]) AS n (topic, part)
                  ON o.topic OPERATOR(pg_catalog.=) n.topic AND o.part OPERATOR(pg_catalog.=) n.part
                JOIN pg_catalog.pg_locks AS k ON k.locktype OPERATOR(pg_catalog.=) 'transactionid'
                  AND k.transactionid OPERATOR(pg_catalog.=) o.xmax
                WHERE o.id OPERATOR(pg_catalog.=) ? AND k.granted
                  AND k.pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid()""".formatted(table.sql());
    }

    /** Forgets all rows of partitions. Parameters: topics, partitions, id. */
    String forget() {
        return """
                DELETE FROM %s AS o
                USING unnest(?::pg_catalog.text[], ?::int[]) AS n (topic, part)
                WHERE o.id OPERATOR(pg_catalog.=) ? AND o.topic OPERATOR(pg_catalog.=) n.topic
                  AND o.part OPERATOR(pg_catalog.=) n.part""".formatted(table.sql());
    }

    /** Forgets whatever there is. Parameter: id. */
    String forgetAll() {
        return "DELETE FROM %s WHERE id OPERATOR(pg_catalog.=) ?".formatted(table.sql());
    }

    /** Parameters: id, token, topics, partitions, next offsets. */
    String put() {
        return """
                INSERT INTO %s (id, topic, part, lane, token, next_offset)
                SELECT ?, n.topic, n.part, -1, ?, n.next_offset
                FROM unnest(?::pg_catalog.text[], ?::int[], ?::bigint[]) AS n (topic, part, next_offset)""".formatted(table.sql());
    }
}
