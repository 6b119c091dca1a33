package io.sluice.write;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A pool whose borrowers look for the server themselves once it was not to be had. HikariCP waits between its own tries, twice as
 * long each time and up to five seconds, as long as somebody waits for a connection, so that it could notice a server's return
 * that much later. Whoever has looked in vain does not ask the pool at all.
 */
final class LookingPool extends HikariDataSource {
    /** A look that takes longer has met silence and no refusal, or a server that is slow: the next one leaves that to the pool. */
    private static final Duration SLOW = Duration.ofMillis(500);

    private final DataSource direct;
    private volatile boolean looks;

    /**
     * @param direct connects to the same server
     */
    LookingPool(HikariConfig config, DataSource direct) {
        super(config);
        this.direct = direct;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (looks && getHikariPoolMXBean().getIdleConnections() == 0) {
            look();
        }
        try {
            Connection connection = super.getConnection();
            looks = false;
            return connection;
        } catch (SQLException e) {
            looks = true;
            throw e;
        }
    }

    private void look() throws SQLException {
        long began = System.nanoTime();
        try {
            direct.getConnection().close();
        } catch (SQLException e) {
            looks = System.nanoTime() - began < SLOW.toNanos();
            throw e;
        }
    }
}
