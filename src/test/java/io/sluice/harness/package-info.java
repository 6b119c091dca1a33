/**
 * A real PostgreSQL, a real Kafka broker and real Connect workers, each in a process of its own, for tests, for the
 * quickstart and for benchmarks. Only
 * {@link io.sluice.harness.HarnessExtension} and {@link io.sluice.harness.NeedsOwnPostgres} know JUnit.
 */
@NullMarked
package io.sluice.harness;

import org.jspecify.annotations.NullMarked;
