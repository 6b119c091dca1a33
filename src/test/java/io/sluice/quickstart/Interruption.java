package io.sluice.quickstart;

import java.io.PrintStream;

/**
 * Ctrl-C: the JVM ends, and the harness's shutdown hook stops the servers and removes their files. Meanwhile this
 * program goes on, and what it has to say of servers that are suddenly gone is of no use to anybody.
 */
final class Interruption {

    private final PrintStream out;
    private volatile boolean leaving;

    private Interruption(PrintStream out) {
        this.out = out;
    }

    /** Says a word when the JVM is told to end. */
    static Interruption watch(PrintStream out) {
        Interruption interruption = new Interruption(out);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::announce, "quickstart-interruption"));
        return interruption;
    }

    private void announce() {
        if (!leaving) {
            out.println();
            out.println("Stopping. Servers and temporary files go.");
        }
    }

    /** Says something, unless the JVM is about to end. */
    void unlessUnderWay(Runnable words) {
        if (!isUnderWay()) {
            words.run();
        }
    }

    /** Ends the JVM of our own will. */
    void exit(int status) {
        leaving = !isUnderWay();
        System.exit(status);
    }

    /** A JVM that is about to end takes no more hooks: the one sign of it that is never late. */
    private static boolean isUnderWay() {
        try {
            Thread none = new Thread(() -> {}, "none");
            Runtime.getRuntime().addShutdownHook(none);
            Runtime.getRuntime().removeShutdownHook(none);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
