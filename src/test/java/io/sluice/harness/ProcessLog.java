package io.sluice.harness;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that a process writes its output to, over all its restarts. */
public record ProcessLog(Path file) {

    private static final int TAIL_BYTES = 64 * 1024;

    /** A log that starts empty: what an earlier run left there is removed. */
    static ProcessLog create(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file);
            return new ProcessLog(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The position now, to be given to {@link #since} or {@link #copySince} later. */
    public long mark() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> since(long mark) {
        return read(mark).lines().toList();
    }

    public String tail(int lines) {
        List<String> end = read(Math.max(0, mark() - TAIL_BYTES)).lines().toList();
        return String.join("\n", end.subList(Math.max(0, end.size() - lines), end.size()));
    }

    void copySince(long mark, Path destination) {
        try {
            Files.createDirectories(destination.getParent());
            Files.writeString(destination, read(mark));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(long from) {
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            byte[] content = new byte[Math.toIntExact(Math.max(0, input.length() - from))];
            input.seek(from);
            input.readFully(content);
            return new String(content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
