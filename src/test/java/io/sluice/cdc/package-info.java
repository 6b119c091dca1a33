/**
 * Change data capture with real software at both ends: Debezium reads a PostgreSQL database under load, and the copy
 * that Sluice makes of it has to be equal in the end, table by table and byte by byte.
 *
 * <p>{@code mvn verify -Dit.test=CdcIT -Dcdc.seconds=1800} runs the load for longer than a few seconds, and
 * {@code -Dcdc.seed=N} repeats the random choices of an earlier run.
 */
@NullMarked
package io.sluice.cdc;

import org.jspecify.annotations.NullMarked;
