package io.sluice.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was meant. */
final class Spelling {
    private static final int SHORT = 5;
    private static final int LONG = 12;

    private Spelling() {}

    /** The candidate that is nearest to what was written, if it is near at all. */
    static Optional<String> nearest(String written, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(written, candidate) <= tolerance(candidate))
                .min(Comparator.comparingInt((String candidate) -> distance(written, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int tolerance(String candidate) {
        if (candidate.length() < SHORT) {
            return 1;
        }
        return candidate.length() < LONG ? 2 : 3;
    }

    /**
     * Letters to insert, leave out, replace or swap with a neighbour, without regard to case. Source: the optimal string
     * alignment distance, F. J. Damerau, "A technique for computer detection and correction of spelling errors", 1964.
     */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
