package io.sluice.watch;

/**
 * Makes up its mind slowly: says yes after some yeses in a row, and no after some noes. Belongs to one thread.
 */
final class Steady {
    private final int toRaise;
    private final int toClear;
    private boolean raised;
    private int against;

    Steady(int toRaise, int toClear) {
        this.toRaise = toRaise;
        this.toClear = toClear;
    }

    boolean next(boolean yes) {
        against = yes == raised ? 0 : against + 1;
        if (against >= (raised ? toClear : toRaise)) {
            raised = yes;
            against = 0;
        }
        return raised;
    }
}
