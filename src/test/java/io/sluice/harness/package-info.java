/**
 * A real PostgreSQL, a real Kafka broker and real Connect workers, each in a process of its own, for tests, for the
 * quickstart and for benchmarks. A test reads like this:
 *
 * <pre>{@code
 * @ExtendWith(HarnessExtension.class)
 * final class OrdersIT {
 *     @Test
 *     void writesOrders(Scenario test) {
 *         Topic orders = test.topic("orders", 4);
 *         test.startSink(orders, Map.of("table.name.format", "orders", "auto.create", "true"));
 *         orders.send(1_000, i -> Message.json(Map.of("id", i)));
 *         test.worker().kill();
 *         test.worker().start();
 *         test.await().until("all orders", () -> test.database().count("orders") == 1_000);
 *     }
 * }
 * }</pre>
 *
 * <p>Logs lie in {@code target/harness}: {@code shared} has those of the servers that all tests share, and each test
 * has a directory with what was written during the test. Programs without JUnit use {@link
 * io.sluice.harness.Environment}; only {@link io.sluice.harness.HarnessExtension} and {@link
 * io.sluice.harness.NeedsOwnPostgres} know JUnit.
 *
 * <p>{@code -Dpg=14} to {@code -Dpg=18} chooses the embedded PostgreSQL, {@code SLUICE_TEST_PG_URL} a server that runs
 * already, {@code -Dkafka.version} the Kafka of broker and workers, {@code -Dsluice.archive} the archive to install.
 */
@NullMarked
package io.sluice.harness;

import org.jspecify.annotations.NullMarked;
