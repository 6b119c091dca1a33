package io.sluice.benchmark;

import io.sluice.harness.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Brings encoded rows into a table over some connections at once, each with rows and a thread of its own. */
record Loader(Rig rig, Database database, LoadMode mode, Format format, List<CopyFile> files) {

    /** Encodes a feed's rows for so many connections. A key has all its rows in one of them. */
    static Loader prepare(Stage stage, LoadMode mode, Feed feed, int connections) {
        try {
            Path directory =
                    Files.createDirectories(stage.rig().options().directory().resolve("copy"));
            List<CopyFile> files = IntStream.range(0, connections)
                    .mapToObj(number -> CopyFile.write(
                            directory.resolve(mode + "-" + feed.tables().get(0) + "-" + connections + "-" + number),
                            feed.format(),
                            feed.events(),
                            id -> id % connections == number))
                    .toList();
            return new Loader(stage.rig(), stage.scenario().database(), mode, feed.format(), files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads everything into a table that is empty. The clock starts when all sessions are ready. */
    Measurement load(String table, long rows) {
        CountDownLatch ready = new CountDownLatch(files.size());
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(files.size());
        try {
            List<Future<Long>> loads = new ArrayList<>();
            for (CopyFile file : files) {
                loads.add(threads.submit(new Load(table, file, ready, start)));
            }
            ready.await(1, TimeUnit.MINUTES);
            CpuTimes before = rig.cpu();
            long begin = System.nanoTime();
            start.countDown();
            long ownNanos = 0;
            for (Future<Long> load : loads) {
                ownNanos += load.get();
            }
            long nanos = System.nanoTime() - begin;
            CpuTimes used = rig.cpu().since(before);
            return new Measurement(rows, nanos, new CpuTimes(0, 0, used.postgres(), ownNanos / 1000), 0);
        } catch (ExecutionException e) {
            throw new BenchmarkException("The loader failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkException("Interrupted.", e);
        } finally {
            threads.shutdownNow();
        }
    }

    void deleteFiles() {
        files.forEach(CopyFile::delete);
    }

    /** The work of one connection. Its result is the processor time of its thread in nanoseconds. */
    private final class Load implements Callable<Long> {

        private final String table;
        private final CopyFile file;
        private final CountDownLatch ready;
        private final CountDownLatch start;

        Load(String table, CopyFile file, CountDownLatch ready, CountDownLatch start) {
            this.table = table;
            this.file = file;
            this.ready = ready;
            this.start = start;
        }

        @Override
        public Long call() throws SQLException, IOException, InterruptedException {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement();
                    InputStream rows = Files.newInputStream(file.path())) {
                for (String sql : mode.beginning(table)) {
                    statement.execute(sql);
                }
                connection.setAutoCommit(false);
                byte[] batch = new byte[file.largestBatch()];
                ready.countDown();
                start.await();
                long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (int bytes : file.batchBytes()) {
                    rows.readNBytes(batch, 0, bytes);
                    load(connection, statement, batch, bytes);
                }
                return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            } finally {
                ready.countDown();
            }
        }

        private void load(Connection connection, Statement statement, byte[] batch, int bytes) throws SQLException {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + mode.copyTarget(table) + " FROM STDIN (FORMAT binary)");
            copy.writeToCopy(batch, 0, bytes);
            copy.endCopy();
            for (String sql : mode.afterCopy(table, format.rows().names())) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }
}
