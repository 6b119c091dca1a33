package io.sluice.write;

import io.sluice.record.ConnectJson;
import io.sluice.record.ConnectJson.Encoding;
import io.sluice.record.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A bad record as a row of {@code errors.table}. There is one for every record: what cannot be written down is left out,
 * and the reason says so.
 *
 * @param seconds the record's time since 1970; null where it has none or PostgreSQL has no such time
 */
record LetterRow(
        DeadLetter letter,
        String target,
        String reason,
        @Nullable String key,
        @Nullable String value,
        @Nullable String headers,
        @Nullable Double seconds) {
    /** Of key, value and headers each. A string takes two bytes for a character, and there are copies on its way. */
    private static final int MAX_CHARACTERS =
            (int) Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 64);

    /** From 4714-11-24 BC. Source: PostgreSQL's documentation of timestamptz, and {@code datatype/timestamp.h}. */
    private static final double FIRST_SECOND = -210_866_803_200.0;

    /** Before 294277-01-01. */
    private static final double END_SECOND = 9_224_318_016_000.0;

    private static final double MILLIS_PER_SECOND = 1e3;

    static LetterRow of(DeadLetter letter, Encoding encoding) {
        List<String> leftOut = new ArrayList<>();
        SinkRecord record = letter.record();
        @Nullable String key = null;
        @Nullable String value = null;
        @Nullable String headers = null;
        @Nullable Double seconds = null;
        switch (letter.content()) {
            case WHOLE -> {
                key = text("key", leftOut, () -> ConnectJson.of(record.key(), encoding, MAX_CHARACTERS));
                value = text("value", leftOut, () -> ConnectJson.of(record.value(), encoding, MAX_CHARACTERS));
                headers = text(
                        "headers", leftOut, () -> ConnectJson.ofHeaders(record.headers(), encoding, MAX_CHARACTERS));
                seconds = seconds(record.timestamp());
            }
            case PLACE -> leftOut.add("content");
        }
        String reason = leftOut.isEmpty()
                ? letter.reason()
                : letter.reason() + " The record's " + String.join(" and ", leftOut)
                        + " cannot be written down here: read it from its topic.";
        return new LetterRow(
                letter,
                encoding.escape(letter.table().replace("\"", "")),
                encoding.escape(reason),
                key,
                value,
                headers,
                seconds);
    }

    /** A value may be too large, be nested in itself, or not be what its schema says. */
    private static @Nullable String text(String part, List<String> leftOut, Supplier<@Nullable String> json) {
        try {
            return json.get();
        } catch (RuntimeException | StackOverflowError e) {
            leftOut.add(part);
            return null;
        }
    }

    private static @Nullable Double seconds(@Nullable Long millis) {
        if (millis == null) {
            return null;
        }
        double seconds = millis / MILLIS_PER_SECOND;
        return seconds >= FIRST_SECOND && seconds < END_SECOND ? seconds : null;
    }

    /** Characters that are sent. */
    int characters() {
        return reason.length() + length(key) + length(value) + length(headers);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
