package io.sluice.quickstart;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A bag of rows in which each takes eight bytes, the first of its SHA-256: enough to tell whether two bags hold the
 * same rows, each as often.
 */
final class RowHashes {

    private final MessageDigest digest = sha256();
    private long[] hashes = new long[1024];
    private int size;

    void add(String row) {
        put(hash(row));
    }

    int size() {
        return size;
    }

    /** The rows that this bag holds more often than the other. */
    RowHashes without(RowHashes other) {
        long[] ours = sorted();
        long[] theirs = other.sorted();
        RowHashes rest = new RowHashes();
        int j = 0;
        for (long hash : ours) {
            while (j < theirs.length && theirs[j] < hash) {
                j++;
            }
            if (j < theirs.length && theirs[j] == hash) {
                j++;
            } else {
                rest.put(hash);
            }
        }
        return rest;
    }

    /** Takes a row out; false where it is not in this bag. */
    boolean remove(String row) {
        long hash = hash(row);
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash) {
                hashes[i] = hashes[--size];
                return true;
            }
        }
        return false;
    }

    private void put(long hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size++] = hash;
    }

    private long[] sorted() {
        long[] sorted = Arrays.copyOf(hashes, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private long hash(String row) {
        return ByteBuffer.wrap(digest.digest(row.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}
