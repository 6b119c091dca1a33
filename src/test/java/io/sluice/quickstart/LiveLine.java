package io.sluice.quickstart;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;

/** Shows how a run stands: on a terminal one line that is written anew, elsewhere one line after the other. */
enum LiveLine {
    REWRITTEN(Duration.ofMillis(250)) {
        @Override
        void show(String line, PrintStream out) {
            out.print("\r  " + line + ERASE_REST);
            out.flush();
        }

        @Override
        void end(PrintStream out) {
            out.println();
        }
    },
    APPENDED(Duration.ofSeconds(1)) {
        @Override
        void show(String line, PrintStream out) {
            out.println("  " + line);
        }

        @Override
        void end(PrintStream out) {
            // Every line has ended already.
        }
    };

    /** What an older, longer line left behind. Source: ECMA-48, "Erase in line". */
    private static final String ERASE_REST = "\u001b[K";

    private final Duration interval;

    LiveLine(Duration interval) {
        this.interval = interval;
    }

    static LiveLine detect() {
        return hasTerminal() ? REWRITTEN : APPENDED;
    }

    /** Up to Java 21 there is a console only where there is a terminal; from 22 on it has to be asked. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJava22) {
            return true;
        }
    }

    /** How often to show how things stand. */
    Duration interval() {
        return interval;
    }

    abstract void show(String line, PrintStream out);

    /** After the last line. */
    abstract void end(PrintStream out);
}
