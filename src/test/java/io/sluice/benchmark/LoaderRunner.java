package io.sluice.benchmark;

import java.util.Optional;

/** The bare loader with its best number of connections. */
final class LoaderRunner implements Runner {

    private static final int MOST_CONNECTIONS = 4;

    private final Stage stage;
    private final String name;
    private final LoadMode mode;
    private final Feed trial;
    private final Feed feed;
    private int connections = 1;
    private Optional<Loader> loader = Optional.empty();

    LoaderRunner(Stage stage, String name, LoadMode mode, Feed trial, Feed feed) {
        this.stage = stage;
        this.name = name;
        this.mode = mode;
        this.trial = trial;
        this.feed = feed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String remark() {
        return connections == 1 ? "1 connection" : connections + " connections";
    }

    @Override
    public void warmUp() {
        tryOut(1);
        double best = 0;
        for (int number = 1; number <= MOST_CONNECTIONS; number++) {
            double rate = tryOut(number);
            stage.rig().out().printf("  %s, %d connections: %,.0f rows/s in a trial%n", name, number, rate);
            if (rate > best) {
                best = rate;
                connections = number;
            }
        }
        loader = Optional.of(Loader.prepare(stage, mode, feed, connections));
    }

    @Override
    public Measurement measure() {
        return load(loader.orElseThrow(), feed);
    }

    @Override
    public void close() {
        loader.ifPresent(Loader::deleteFiles);
    }

    private double tryOut(int number) {
        Loader candidate = Loader.prepare(stage, mode, trial, number);
        try {
            return load(candidate, trial).rate();
        } finally {
            candidate.deleteFiles();
        }
    }

    private Measurement load(Loader ready, Feed rows) {
        stage.tables().recreate(rows.tables());
        return ready.load(rows.tables().get(0), rows.events().count());
    }
}
