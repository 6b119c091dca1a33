package io.sluice.watch;

/**
 * Whether a topic falls behind: its lag has grown for a while, and is more than a pipeline in good order has on the way. One
 * value a second. Belongs to one thread.
 */
final class Growth {
    private static final int WINDOW = 20;
    private static final double SCORE = 3.5;
    /** What arrives in that many seconds is on its way and no lag. */
    private static final double ON_THE_WAY_SECONDS = 5;

    private static final double FEW = 200;
    private static final double GROWTH_SECONDS = 1;
    private static final int TO_RAISE = 3;
    private static final int TO_CLEAR = 15;

    private final Trend trend = new Trend(WINDOW);
    private final Steady alarm = new Steady(TO_RAISE, TO_CLEAR);

    /**
     * @param lag records that are not durable, up to the end of the topic
     * @param in records a second that are new
     */
    boolean next(double lag, double in) {
        trend.add(lag);
        boolean much = lag > Math.max(FEW, ON_THE_WAY_SECONDS * in);
        boolean grows = trend.score() > SCORE && trend.growth() > Math.max(FEW, GROWTH_SECONDS * in);
        return alarm.next(much && grows);
    }
}
