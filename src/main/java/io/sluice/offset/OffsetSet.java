package io.sluice.offset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Offsets of one topic partition, dense or far apart. Not for several threads.
 *
 * <p>As bytes it is a sequence of chunks of 4,096 offsets, each in the shorter of two forms: its number (8 bytes), then
 * either the number of its runs (2 bytes, positive) and first and last offset of each (2 bytes each, from the chunk's
 * start), or the negative length of a bitmap (2 bytes) and that bitmap as {@link BitSet#toByteArray()} has it. All
 * numbers are big-endian.
 */
public final class OffsetSet {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int RUN_BYTES = 4;

    private final NavigableMap<Long, BitSet> chunks = new TreeMap<>();
    private long lastNumber;
    private @Nullable BitSet lastChunk;

    public void add(long offset) {
        long number = offset >> CHUNK_BITS;
        if (lastChunk == null || number != lastNumber) {
            lastChunk = chunks.computeIfAbsent(number, key -> new BitSet(CHUNK));
            lastNumber = number;
        }
        lastChunk.set(place(offset));
    }

    public void addAll(OffsetSet others) {
        others.chunks.forEach((number, chunk) ->
                chunks.computeIfAbsent(number, key -> new BitSet(CHUNK)).or(chunk));
    }

    public boolean contains(long offset) {
        BitSet chunk = chunks.get(offset >> CHUNK_BITS);
        return chunk != null && chunk.get(place(offset));
    }

    public void removeBelow(long offset) {
        lastChunk = null;
        chunks.headMap(offset >> CHUNK_BITS).clear();
        BitSet first = chunks.get(offset >> CHUNK_BITS);
        if (first != null) {
            first.clear(0, place(offset));
            if (first.isEmpty()) {
                chunks.remove(offset >> CHUNK_BITS);
            }
        }
    }

    /** The largest; empty where there is none. */
    public OptionalLong last() {
        return chunks.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of((chunks.lastKey() << CHUNK_BITS)
                        + chunks.lastEntry().getValue().length()
                        - 1);
    }

    public boolean isEmpty() {
        return chunks.isEmpty();
    }

    /** How many there are. */
    public long size() {
        return chunks.values().stream().mapToLong(BitSet::cardinality).sum();
    }

    /** The set as bytes; none for an empty one. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<Long, BitSet> chunk : chunks.entrySet()) {
                out.writeLong(chunk.getKey());
                write(chunk.getValue(), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * What {@link #toBytes()} has made.
     *
     * @throws IllegalArgumentException where these are other bytes
     */
    public static OffsetSet fromBytes(byte[] bytes) {
        OffsetSet set = new OffsetSet();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                set.chunks.put(in.readLong(), read(in));
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("these bytes are no set of offsets", e);
        }
        return set;
    }

    private static void write(BitSet chunk, DataOutputStream out) throws IOException {
        byte[] bitmap = chunk.toByteArray();
        int runs = 0;
        for (int start = chunk.nextSetBit(0); start >= 0; start = chunk.nextSetBit(chunk.nextClearBit(start))) {
            runs++;
        }
        if (runs * RUN_BYTES > bitmap.length) {
            out.writeShort(-bitmap.length);
            out.write(bitmap);
            return;
        }
        out.writeShort(runs);
        for (int start = chunk.nextSetBit(0); start >= 0; start = chunk.nextSetBit(chunk.nextClearBit(start))) {
            out.writeShort(start);
            out.writeShort(chunk.nextClearBit(start) - 1);
        }
    }

    private static BitSet read(DataInputStream in) throws IOException {
        int size = in.readShort();
        if (size < 0) {
            byte[] bitmap = new byte[-size];
            in.readFully(bitmap);
            return BitSet.valueOf(bitmap);
        }
        BitSet chunk = new BitSet(CHUNK);
        for (int i = 0; i < size; i++) {
            int start = in.readShort();
            chunk.set(start, in.readShort() + 1);
        }
        return chunk;
    }

    private static int place(long offset) {
        return (int) (offset & (CHUNK - 1));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OffsetSet set && chunks.equals(set.chunks);
    }

    @Override
    public int hashCode() {
        return chunks.hashCode();
    }
}
