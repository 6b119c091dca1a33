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
