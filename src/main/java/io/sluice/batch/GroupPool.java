package io.sluice.batch;

import io.sluice.type.RowBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Row groups whose memory is used again, batch after batch. Belongs to one lane. */
final class GroupPool {
    private static final int FIRST_BUFFER_BYTES = 4 << 10;
    private static final int GROUP_BYTES = FIRST_BUFFER_BYTES + (1 << 10);
    /** What is beyond is given back to the heap, or a lane would keep its largest batches for ever. */
    private static final int MOST_KEPT_BYTES = 16 << 20;

    private final List<RowGroup> groups = new ArrayList<>();
    private int used;

    /** The memory that groups take without any row in them. */
    long overheadBytes() {
        return (long) used * GROUP_BYTES;
    }

    /** A group without rows; good until {@link #clear()}. */
    RowGroup next(ColumnSet columns) {
        if (used == groups.size()) {
            groups.add(new RowGroup(columns, new RowBuffer(FIRST_BUFFER_BYTES)));
        } else {
            groups.get(used).clear(columns);
        }
        return groups.get(used++);
    }

    /** Takes all groups back. */
    void clear() {
        used = 0;
        long kept = 0;
        for (Iterator<RowGroup> each = groups.iterator(); each.hasNext(); ) {
            long bytes = each.next().heldBytes();
            if (kept + bytes > MOST_KEPT_BYTES) {
                each.remove();
            } else {
                kept += bytes;
            }
        }
    }
}
