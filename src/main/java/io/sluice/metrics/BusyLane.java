package io.sluice.metrics;

import java.util.Optional;

/**
 * A lane that has something to write, as others see it.
 *
 * @param work what it is writing, or wrote last; empty until it has a connection
 * @param nanos for how long it has been at it without a commit
 */
public record BusyLane(Optional<LaneWork> work, long nanos) {}
