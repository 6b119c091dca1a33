/**
 * The benchmark, {@code mvn -Pbench}: a real broker, real workers and a real PostgreSQL on this machine, the same records
 * for each contender, and a report of medians and of what they are measured against.
 */
@NullMarked
package io.sluice.benchmark;

import org.jspecify.annotations.NullMarked;
