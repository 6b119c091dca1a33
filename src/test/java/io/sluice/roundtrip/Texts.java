package io.sluice.roundtrip;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;

/** Text as PostgreSQL writes it, worked out with nothing but the JDK; and text to be sent. */
final class Texts {
    private static final List<String> PARTS = List.of(
            "'",
            "\"",
            "\\",
            "\n",
            "\t",
            ";",
            "--",
            "/*",
            "$$",
            "%s",
            "{",
            "}",
            ",",
            "NULL",
            "null",
            " ",
            "=>",
            "\\N",
            "'; DROP TABLE t; --",
            "é",
            "e\u0301",
            "漢字",
            "🐘",
            "👩‍👩‍👧",
            "\u200F",
            "\uFEFF",
            "\u0001",
            "\u007F",
            "\uFFFD",
            "\r\n",
            "(",
            ")",
            "[",
            ":",
            "0",
            "1e5",
            "true",
            "\\x41",
            "\\u0000",
            "&lt;",
            "a",
            "B",
            "zz",
            "\u2028");

    private Texts() {}

    /** Any text at all, but for U+0000 and halves of characters. */
    static String any(Random random) {
        int parts = random.nextInt(12);
        if (random.nextInt(200) == 0) {
            return "long ".repeat(20_000);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            if (random.nextInt(4) == 0) {
                int c = random.nextInt(0x110000);
                text.appendCodePoint(c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? 'x' : c);
            } else {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
        }
        return text.toString();
    }

    /** A name of at most sixty-three bytes that makes trouble where it is not quoted. */
    static String name(Random random, String start) {
        while (true) {
            String name = start + any(random) + random.nextInt(1000);
            StringBuilder cut = new StringBuilder();
            int bytes = 0;
            for (int c : name.codePoints().toArray()) {
                int size = new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8).length;
                if (bytes + size > 63) {
                    break;
                }
                bytes += size;
                cut.appendCodePoint(c);
            }
            if (bytes > 0) {
                return cut.toString();
            }
        }
    }

    static String date(LocalDate date) {
        int year = date.getYear();
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d%s",
                year > 0 ? year : 1 - year,
                date.getMonthValue(),
                date.getDayOfMonth(),
                year > 0 ? "" : " BC");
    }

    /** A timestamp of microseconds from 1970, with what stands behind its time. */
    static String timestamp(long micros, String zone) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
        String date = date(time.toLocalDate());
        boolean beforeChrist = date.endsWith(" BC");
        return (beforeChrist ? date.substring(0, date.length() - 3) : date)
                + " "
                + clock(time.toLocalTime().toNanoOfDay() / 1000)
                + zone
                + (beforeChrist ? " BC" : "");
    }

    static String clock(long micros) {
        long seconds = micros / 1_000_000;
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                + fraction(micros % 1_000_000);
    }

    static String fraction(long micros) {
        return micros == 0
                ? ""
                : new BigDecimal(micros)
                        .movePointLeft(6)
                        .stripTrailingZeros()
                        .toPlainString()
                        .substring(1);
    }

    /** The nearest microsecond, the even one of two. */
    static long rounded(long nanos) {
        return new BigDecimal(nanos)
                .movePointLeft(3)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    static String hex(byte[] bytes) {
        return "\\x" + HexFormat.of().formatHex(bytes);
    }

    /** An array literal of elements that are text; for what is sent, not for what is expected. */
    static String literal(List<String> elements) {
        return elements.stream()
                .map(element -> '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
