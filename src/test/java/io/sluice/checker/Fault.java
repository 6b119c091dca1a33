package io.sluice.checker;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Database;
import io.sluice.harness.HarnessException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;

/** What can go wrong. Each ends with all servers running. */
enum Fault {
    WORKER_KILLED {
        @Override
        void happen(Arena arena, Random random) {
            ConnectWorker worker = worker(arena, random);
            worker.kill();
            arena.pass(upTo(random, 3_000));
            worker.start();
        }
    },
    /** For longer than its session: it wakes up when others have its partitions. */
    WORKER_FROZEN {
        @Override
        void happen(Arena arena, Random random) {
            ConnectWorker worker = worker(arena, random);
            worker.freeze();
            arena.pass(Duration.ofSeconds(8).plus(upTo(random, 3_000)));
            worker.thaw();
        }
    },
    WORKER_RESTARTED {
        @Override
        void happen(Arena arena, Random random) {
            ConnectWorker worker = worker(arena, random);
            worker.stop();
            arena.pass(upTo(random, 2_000));
            worker.start();
        }
    },
    TASKS_RESTARTED {
        @Override
        void happen(Arena arena, Random random) {
            arena.configure(connector(arena, random), 1 + random.nextInt(3));
        }
    },
    /** One after the other, so that nobody has come to rest. */
    REBALANCE_STORM {
        @Override
        void happen(Arena arena, Random random) {
            for (int times = 0; times < 4; times++) {
                arena.connectors().forEach(name -> arena.configure(name, 1 + random.nextInt(3)));
                arena.pass(upTo(random, 1_500));
            }
        }
    },
    SESSIONS_ENDED {
        @Override
        void happen(Arena arena, Random random) {
            for (int times = 0; times < 5; times++) {
                arena.database().terminateSessions(arena.sink() == Sink.DEBEZIUM ? "%" : "sluice %");
                arena.pass(upTo(random, 500));
            }
        }
    },
    POSTGRES_CRASHED {
        @Override
        void happen(Arena arena, Random random) {
            arena.postgres().crash();
            arena.pass(upTo(random, 2_000));
            arena.postgres().start();
        }
    },
    POSTGRES_KILLED {
        @Override
        void happen(Arena arena, Random random) {
            arena.postgres().kill();
            arena.pass(upTo(random, 2_000));
            arena.postgres().start();
        }
    },
    POSTGRES_RESTARTED {
        @Override
        void happen(Arena arena, Random random) {
            arena.postgres().stop();
            arena.pass(upTo(random, 4_000));
            arena.postgres().start();
        }
    },
    BROKER_KILLED {
        @Override
        void happen(Arena arena, Random random) {
            arena.broker().kill();
            arena.pass(upTo(random, 2_000));
            arena.broker().start();
        }
    },
    CONNECTIONS_CUT {
        @Override
        void happen(Arena arena, Random random) {
            for (int times = 0; times < 5; times++) {
                arena.proxy().cut();
                arena.pass(upTo(random, 500));
            }
        }
    },
    ANSWERS_LOST {
        @Override
        void happen(Arena arena, Random random) {
            for (int times = 0; times < 5; times++) {
                arena.proxy().stealNextCommit();
                arena.pass(upTo(random, 1_000));
            }
        }
    },
    NETWORK_SILENT {
        @Override
        void happen(Arena arena, Random random) {
            arena.proxy().fallSilent();
            arena.pass(upTo(random, 6_000));
            if (random.nextBoolean()) {
                arena.proxy().cut();
            }
            arena.proxy().speak();
        }
    },
    /** In the middle of a transaction: the rows are there already when the server finds no room for a file. */
    DISK_FULL {
        @Override
        void happen(Arena arena, Random random) {
            Database database = arena.database();
            long before = Tables.refusals(database);
            Tables.takeRoom(database);
            arena.pass(Duration.ofSeconds(1).plus(upTo(random, 4_000)));
            Tables.giveRoom(database);
            if (Tables.refusals(database) == before) {
                throw new HarnessException("nothing was refused");
            }
        }
    },
    /** A new owner that finds its predecessor's transaction still under way. */
    TABLE_LOCKED {
        @Override
        void happen(Arena arena, Random random) {
            Database database = arena.database();
            String table = random.nextBoolean() ? Tables.APPENDED : Tables.UPSERTED;
            try (Connection session = database.connect();
                    Statement statement = session.createStatement()) {
                session.setAutoCommit(false);
                statement.execute("SET lock_timeout = '5s'; LOCK TABLE " + table);
                arena.configure(connector(arena, random), 1 + random.nextInt(3));
                arena.pass(upTo(random, 5_000));
            } catch (SQLException e) {
                // It is too busy to be locked.
            }
        }
    };

    abstract void happen(Arena arena, Random random);

    private static ConnectWorker worker(Arena arena, Random random) {
        return arena.workers().get(random.nextInt(arena.workers().size()));
    }

    private static String connector(Arena arena, Random random) {
        return arena.connectors().get(random.nextInt(arena.connectors().size()));
    }

    private static Duration upTo(Random random, int millis) {
        return Duration.ofMillis(random.nextInt(millis));
    }
}
