package io.sluice.benchmark;

import io.sluice.benchmark.Event.Operation;
import java.util.stream.LongStream;

/** A stream of changes that can be asked for any of them, again and again. */
sealed interface Events {

    long count();

    /** The change of this number, from 0. */
    Event at(long number);

    /** Rows that are there after all of them. */
    long rows();

    /** Each change is of a new row, in the order of their keys. */
    record UniqueKeys(long count) implements Events {
        @Override
        public Event at(long number) {
            return new Event(number, number, Operation.CREATE);
        }

        @Override
        public long rows() {
            return count;
        }
    }

    /** Each change is of a new row, and one in so many is refused. */
    record SomeRefused(long count, int oneIn) implements Events {
        @Override
        public Event at(long number) {
            boolean refused = number % oneIn == oneIn / 2;
            return new Event(refused ? -number : number, number, Operation.CREATE);
        }

        @Override
        public long rows() {
            return count - refused();
        }

        long refused() {
            return (count + oneIn - 1 - oneIn / 2) / oneIn;
        }
    }

    /**
     * Creations, updates and deletions as a source's change events tell of them. Of ten changes five create rows, three
     * update rows of a hundred tens before, and two delete rows of a thousand tens before; as long as there are none,
     * they update rows of their own ten.
     */
    record Changes(long count) implements Events {
        private static final int TEN = 10;
        private static final int CREATED = 5;
        private static final int DELETED = 2;
        private static final int FIRST_DELETION = 8;
        private static final long UPDATED_AFTER = 100;
        private static final long DELETED_AFTER = 1000;

        public Changes {
            count -= count % TEN;
        }

        @Override
        public Event at(long number) {
            long ten = number / TEN;
            int place = (int) (number % TEN);
            if (place < CREATED) {
                return new Event(ten * CREATED + place, number, Operation.CREATE);
            }
            if (place < FIRST_DELETION) {
                long updated = ten < UPDATED_AFTER ? ten : ten - UPDATED_AFTER;
                return new Event(updated * CREATED + DELETED + place - CREATED, number, Operation.UPDATE);
            }
            int which = place - FIRST_DELETION;
            return ten < DELETED_AFTER
                    ? new Event(ten * CREATED + which, number, Operation.UPDATE)
                    : new Event((ten - DELETED_AFTER) * CREATED + which, number, Operation.DELETE);
        }

        @Override
        public long rows() {
            long tens = count / TEN;
            return tens * CREATED - DELETED * Math.max(0, tens - DELETED_AFTER);
        }
    }

    /** Changes of a few rows at random, which are not there at first. */
    record HotKeys(long count, int keys) implements Events {
        @Override
        public Event at(long number) {
            return new Event(Long.remainderUnsigned(mixed(number), keys), number, Operation.CREATE);
        }

        @Override
        public long rows() {
            return LongStream.range(0, count)
                    .map(number -> at(number).id())
                    .distinct()
                    .count();
        }

        /** The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). */
        private static long mixed(long number) {
            long state = (number + 1) * 0x9E3779B97F4A7C15L;
            state = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
            state = (state ^ (state >>> 27)) * 0x94D049BB133111EBL;
            return state ^ (state >>> 31);
        }
    }
}
