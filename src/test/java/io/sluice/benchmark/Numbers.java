package io.sluice.benchmark;

import java.util.Locale;

/** How the report writes numbers. */
final class Numbers {

    private Numbers() {}

    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String hundredths(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Mebibytes; nothing where there is no worker whose memory it would be. */
    static String mebibytes(double bytes) {
        return bytes == 0 ? "" : whole(bytes / (1 << 20));
    }
}
