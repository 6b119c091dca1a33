package io.sluice.metrics;

/**
 * What a lane is about to write.
 *
 * @param lane its number
 * @param backendPid PostgreSQL's process for its session, as the driver knows it
 * @param topic where the first record comes from
 * @param table where its row goes
 * @param limit most rows of a transaction, as the lane sees it now
 */
public record LaneWork(int lane, int backendPid, String topic, String table, int limit) {}
