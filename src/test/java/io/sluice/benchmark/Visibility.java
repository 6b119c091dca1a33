package io.sluice.benchmark;

import io.sluice.harness.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Waits until all of a feed is in its tables. It asks for one row by its key every ten milliseconds, and goes on to the
 * next when it is there: what it costs PostgreSQL does not show in the measurements.
 */
final class Visibility {

    private static final Duration COUNT_BUDGET = Duration.ofSeconds(60);
    private static final long HEALTH_NANOS = 2_000_000_000L;

    private final Database database;
    private final Feed feed;

    Visibility(Database database, Feed feed) {
        this.database = database;
        this.feed = feed;
    }

    /**
     * Returns the moment when the last rows of each partition were there.
     *
     * @param health is asked every two seconds, and throws when there is no use in waiting
     */
    long await(Runnable health) {
        Deque<Marker> missing = new ArrayDeque<>(feed.markers());
        long nextCheck = System.nanoTime() + HEALTH_NANOS;
        try (Connection connection = database.connect()) {
            Map<String, PreparedStatement> queries = new HashMap<>();
            while (!missing.isEmpty()) {
                if (isThere(query(connection, queries, missing.getFirst()), missing.getFirst())) {
                    missing.removeFirst();
                } else {
                    Clock.sleep(Rig.LOOK_MILLIS);
                    if (System.nanoTime() > nextCheck) {
                        health.run();
                        nextCheck = System.nanoTime() + HEALTH_NANOS;
                    }
                }
            }
            return Clock.now();
        } catch (SQLException e) {
            throw new BenchmarkException("PostgreSQL did not say whether the rows are there.", e);
        }
    }

    /** Waits until nothing is missing and nothing is too much; returns that moment, or the given one if it is so now. */
    long verify(long seen) {
        long wanted = feed.events().rows();
        long deadline = System.nanoTime() + COUNT_BUDGET.toNanos();
        long moment = seen;
        for (long count = count(); count != wanted; count = count()) {
            if (System.nanoTime() > deadline) {
                throw new BenchmarkException("There are " + count + " rows and not " + wanted + ".");
            }
            Clock.sleep(Rig.LOOK_MILLIS);
            moment = Clock.now();
        }
        return moment;
    }

    private long count() {
        return feed.tables().stream().mapToLong(database::count).sum();
    }

    private static PreparedStatement query(Connection connection, Map<String, PreparedStatement> queries, Marker marker)
            throws SQLException {
        PreparedStatement query = queries.get(marker.table());
        if (query == null) {
            query = connection.prepareStatement("SELECT seq FROM " + marker.table() + " WHERE id = ?");
            queries.put(marker.table(), query);
        }
        return query;
    }

    private static boolean isThere(PreparedStatement query, Marker marker) throws SQLException {
        query.setLong(1, marker.id());
        try (ResultSet row = query.executeQuery()) {
            return row.next()
                    ? marker.seq().isPresent() && marker.seq().getAsLong() == row.getLong(1)
                    : marker.seq().isEmpty();
        }
    }
}
