package io.sluice.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.benchmark.BenchmarkOptions.Profiling;
import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Environment;
import io.sluice.harness.EnvironmentOptions;
import io.sluice.harness.PluginArchive;
import io.sluice.harness.PostgresOptions;
import io.sluice.harness.Scenario;
import io.sluice.harness.ServerOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The servers that everything is measured with, and how they are set. */
final class Rig implements AutoCloseable {

    /** Between two looks at whether a run is over. */
    static final long LOOK_MILLIS = 10;

    private final BenchmarkOptions options;
    private final PrintStream out;
    private final Environment environment;
    private final ServerOptions worker;
    private final List<ConnectWorker> profiled = new ArrayList<>();

    private Rig(BenchmarkOptions options, PrintStream out, Environment environment, ServerOptions worker) {
        this.options = options;
        this.out = out;
        this.environment = environment;
        this.worker = worker;
    }

    static Rig start(BenchmarkOptions options, PrintStream out) {
        Path plugins = PluginJar.pack(options.directory().resolve("plugins"));
        ServerOptions worker = ServerOptions.forBenchmarks()
                .withDebeziumSink()
                .withPlugins(plugins)
                // Connect's own default. The harness commits more often.
                .with("offset.flush.interval.ms", "60000")
                // Connect writes down each record's topic until it reads that back, which W5 would mostly measure.
                .with("topic.tracking.enable", "false");
        if (options.baseline().isPresent()) {
            worker = worker.withPlugins(PluginArchive.unpack(options.baseline().get(), Sinks.BASELINE_VERSION));
        }
        Environment environment = Environment.of(new EnvironmentOptions(
                postgres(),
                ServerOptions.forBenchmarks(),
                worker,
                options.directory().resolve("logs")));
        environment.postgres();
        environment.broker();
        return new Rig(options, out, environment, worker);
    }

    /** Commits reach the disk; checkpoints are made between runs and seldom in them. */
    static PostgresOptions postgres() {
        return PostgresOptions.durable()
                .with("shared_buffers", "1GB")
                .with("max_wal_size", "8GB")
                .with("checkpoint_timeout", "15min");
    }

    BenchmarkOptions options() {
        return options;
    }

    PrintStream out() {
        return out;
    }

    Environment environment() {
        return environment;
    }

    /** Versions of Kafka and of the connectors. */
    Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("Kafka", worker.kafka().version());
        try (Scenario scenario = scenario("versions")) {
            JsonNode plugins = scenario.startWorker("versions", worker).rest().get("/connector-plugins");
            for (JsonNode plugin : plugins) {
                if (plugin.path("class").asText().contains("JdbcSink")) {
                    versions.put("Debezium's JDBC sink", plugin.path("version").asText());
                } else if (plugin.path("class").asText().contains("sluice.PostgresSink")) {
                    versions.put("Sluice", plugin.path("version").asText());
                }
            }
        }
        return versions;
    }

    Scenario scenario(String name) {
        return environment.scenario(name);
    }

    /** A worker for one contender, with the heap as {@code -Xmx} takes it. */
    ConnectWorker startWorker(Scenario scenario, String contender, String heap) {
        ServerOptions special = worker.withHeap(heap);
        if (!isProfiled(contender)) {
            return scenario.startWorker(contender, special);
        }
        ConnectWorker recorded =
                scenario.startWorker(contender, special.withJvmArguments(recording(scenario, contender)));
        profiled.add(recorded);
        return recorded;
    }

    /** Before the scenario ends: a worker that is recorded has to end in good order, or the recording is lost. */
    void endRecordings() {
        profiled.forEach(ConnectWorker::stop);
        profiled.clear();
    }

    private boolean isProfiled(String contender) {
        return options.profiling() == Profiling.ON && contender.startsWith(Sinks.SLUICE);
    }

    private String recording(Scenario scenario, String contender) {
        String workload = scenario.logs().getFileName().toString();
        return "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                + options.directory().resolve(contender + "-" + workload + ".jfr");
    }

    /** Where a run's converter notes its times. */
    Path stopwatch(Scenario scenario, String run) {
        try {
            return Files.createDirectories(options.directory().resolve("stopwatch"))
                    .resolve(scenario.logs().getFileName() + "-" + run);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void checkpoint() {
        environment.postgres().admin().execute("CHECKPOINT");
    }

    /** Processor time so far. */
    CpuTimes cpu(ConnectWorker of) {
        return new CpuTimes(
                ProcessTimes.own(of.pid()),
                ProcessTimes.own(environment.broker().pid()),
                ProcessTimes.tree(environment.postgres().pid()),
                0);
    }

    /** Processor time so far where no worker takes part. */
    CpuTimes cpu() {
        return new CpuTimes(0, 0, ProcessTimes.tree(environment.postgres().pid()), 0);
    }

    @Override
    public void close() {
        environment.close();
    }
}
