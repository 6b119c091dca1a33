package io.sluice.validation;

import io.sluice.record.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * The problems that one run of checks has found so far.
 *
 * <p>Threading: the thread that checks adds, the one that waits for it closes. What is found after that is lost.
 */
final class Findings {
    private final List<Problem> problems = new ArrayList<>();
    private boolean closed;

    synchronized void add(String key, String message) {
        if (!closed) {
            problems.add(new Problem(key, Printable.of(message)));
        }
    }

    synchronized boolean isEmpty() {
        return problems.isEmpty();
    }

    synchronized List<Problem> close() {
        closed = true;
        return List.copyOf(problems);
    }
}
