package io.sluice.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What is out of the ordinary, and what has been said of it: a line when it begins and when its cause is another one, but of
 * one subject and cause at most one in five minutes; and a line when it is over. Belongs to one thread.
 */
final class Anomalies {
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(5);
    /** How often PostgreSQL is asked before it is said that the cause is not known. */
    private static final int TRIES = 3;

    private final Consumer<String> begun;
    private final Consumer<String> over;
    private final Map<String, Present> present = new LinkedHashMap<>();
    private final Map<String, Long> said = new HashMap<>();

    private static final class Present {
        private String line = "";
        private int tries;
        private boolean said;
        /** What has come of a server that is away needs no line of its own. */
        private boolean told;
    }

    /**
     * @param begun takes a line about what is out of the ordinary
     * @param over takes a line about what is not any more
     */
    Anomalies(Consumer<String> begun, Consumer<String> over) {
        this.begun = begun;
        this.over = over;
    }

    /** Something is out of the ordinary. */
    void raise(String subject, String what, Cause cause, long nanos) {
        Present anomaly = present.computeIfAbsent(subject, any -> new Present());
        anomaly.line = what + "; " + cause.text();
        anomaly.told |= cause.equals(Cause.AWAY);
        if (anomaly.told) {
            return;
        }
        if (!cause.isKnown() && (anomaly.said || ++anomaly.tries < TRIES)) {
            return;
        }
        Long last = said.get(subject + '/' + cause.kind());
        if (last == null || nanos - last >= QUIET_NANOS) {
            said.put(subject + '/' + cause.kind(), nanos);
            anomaly.said = true;
            begun.accept(anomaly.line);
        }
    }

    /** It is as it should be. */
    void clear(String subject, String what) {
        Present anomaly = present.remove(subject);
        if (anomaly != null && anomaly.said) {
            over.accept(what);
        }
    }

    /** What is out of the ordinary now, each in a line. */
    List<String> lines() {
        return present.values().stream().map(anomaly -> anomaly.line).toList();
    }

    /** Of what something is out of the ordinary. */
    List<String> subjects() {
        return new ArrayList<>(present.keySet());
    }
}
