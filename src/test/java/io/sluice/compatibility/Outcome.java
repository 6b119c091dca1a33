package io.sluice.compatibility;

/** What became of a cell: nothing wrong, or one line that says what. */
record Outcome(String problem) {

    static final Outcome GREEN = new Outcome("");

    boolean isGreen() {
        return problem.isEmpty();
    }

    /** A failure by its first line: what comes after it are logs. */
    static Outcome of(Check check, Throwable failure) {
        return new Outcome(
                check.title() + ": " + failure.toString().lines().findFirst().orElse(""));
    }

    static Outcome notRun(String reason) {
        return new Outcome("not run: " + reason);
    }

    @Override
    public String toString() {
        return isGreen() ? "green" : problem;
    }
}
