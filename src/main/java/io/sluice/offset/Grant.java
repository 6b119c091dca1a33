package io.sluice.offset;

import java.util.UUID;

/**
 * The right to write a partition: whoever has the last token that was given out for it.
 *
 * @param progress what is durable already; not to be changed
 */
public record Grant(UUID token, Progress progress) {
    /** Where Kafka alone says whose a partition is. */
    static final Grant UNFENCED = new Grant(new UUID(0, 0), new Progress());
}
