package io.sluice.lane;

import io.sluice.table.TableId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits for a lane, and what the lane has in its hands.
 *
 * <p>Threading: the task thread offers, the lane takes. A change that the lane is about to write is {@linkplain #hold
 * held} first, so that the task thread can wait until nothing of a revoked partition is being written: whoever revokes
 * marks the partition and then asks; the lane holds and then looks at the mark. One of the two sees the other.
 */
final class LaneQueue {
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private List<Entry> held = List.of();
    private boolean taken;
    private boolean ended;

    /** Adds entries at the end. */
    synchronized void offer(List<Entry> entries) {
        waiting.addAll(entries);
        notifyAll();
    }

    /**
     * Takes up to {@code most} entries, waiting for the first; none if there was none for that long.
     *
     * @throws InterruptedException where the lane is told to stop
     */
    synchronized List<Entry> take(int most, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        taken = false;
        while (waiting.isEmpty()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return List.of();
            }
            wait(millis);
        }
        int count = Math.min(most, waiting.size());
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(waiting.remove());
        }
        taken = true;
        return entries;
    }

    /** Takes up to {@code most} entries more, if any wait. */
    synchronized List<Entry> takeMore(int most) {
        List<Entry> more = new ArrayList<>();
        for (int i = Math.min(most, waiting.size()); i > 0; i--) {
            more.add(waiting.remove());
            taken = true;
        }
        return more;
    }

    /** Whether anything waits. */
    synchronized boolean hasMore() {
        return !waiting.isEmpty();
    }

    /** Whether anything waits that is for another table. */
    synchronized boolean hasOtherThan(TableId table) {
        return waiting.stream().anyMatch(entry -> !entry.table().equals(table));
    }

    /** Whether the lane has anything to do and is still there to do it. */
    synchronized boolean isBusy() {
        return !ended && (taken || !waiting.isEmpty());
    }

    /** The lane has ended: what waits is written by nobody. */
    synchronized void end() {
        ended = true;
        release();
    }

    /** The lane is about to write these. */
    synchronized void hold(List<Entry> entries) {
        held = entries;
    }

    /** The lane writes nothing at the moment. */
    synchronized void release() {
        held = List.of();
        notifyAll();
    }

    /** Takes away what waits of revoked partitions, and returns it. */
    synchronized List<Entry> removeRevoked() {
        List<Entry> revoked = waiting.stream().filter(Entry::revoked).toList();
        waiting.removeIf(Entry::revoked);
        return revoked;
    }

    /** Waits until the lane writes nothing of a revoked partition, and returns whether that came about in time. */
    synchronized boolean awaitRevokedReleased(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (held.stream().anyMatch(Entry::revoked)) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
