package io.sluice.watch;

/**
 * Whether a number is far above what it used to be, and above what nobody would mind. What is out of the ordinary is not
 * learned as usual, but for a while only: what stays is usual. One value a second. Belongs to one thread.
 */
final class Outlier {
    private static final int WINDOW = 120;
    private static final double SCORE = 3.5;
    private static final int MOST_SECONDS_APART = 600;

    private final Baseline usual;
    private final double least;
    private final Steady alarm;
    private int apart;

    /**
     * @param least what nobody would mind
     * @param leastDeviation what is no deviation worth speaking of
     * @param alarm how soon it is said
     */
    Outlier(double least, double leastDeviation, Steady alarm) {
        this.least = least;
        this.usual = new Baseline(WINDOW, leastDeviation);
        this.alarm = alarm;
        // Before anything is known, nothing at all is usual.
        for (int i = 0; i < WINDOW / 2; i++) {
            usual.add(0);
        }
    }

    boolean next(double value) {
        boolean far = value > least && usual.score(value) > SCORE;
        if (far && apart < MOST_SECONDS_APART) {
            apart++;
        } else {
            usual.add(value);
            apart = far ? apart : 0;
        }
        return alarm.next(far);
    }
}
