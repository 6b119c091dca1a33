package io.sluice.quickstart;

import io.sluice.harness.ConnectWorker;
import io.sluice.harness.Database;
import io.sluice.harness.Environment;
import io.sluice.harness.KafkaBroker;
import io.sluice.harness.Topic;
import io.sluice.quickstart.QuickstartOptions.Ending;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Shows the connector at work on this machine: {@code mvn -Pquickstart}. Ends with 0 when the table is equal to what
 * was produced, otherwise with 1. Nothing that it starts or writes outlives it, but the logs in {@code target}.
 */
public final class Quickstart {

    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;

    /** Of the database and the connector. */
    private static final String NAME = "quickstart";

    private static final int PARTITIONS = 6;
    private static final Map<String, String> TOPIC_SETTINGS =
            Map.of("max.message.bytes", Integer.toString(JsonLine.MOST_BYTES + (1 << 20)));

    private final QuickstartOptions options;
    private final PrintStream out;

    private Quickstart(QuickstartOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Options come as system properties: {@code records}, {@code input} and {@code stay}. */
    public static void main(String[] arguments) {
        Interruption interruption = Interruption.watch(System.out);
        interruption.exit(status(interruption, System.out));
    }

    private static int status(Interruption interruption, PrintStream out) {
        try {
            out.println();
            return new Quickstart(QuickstartOptions.from(System::getProperty), out).run();
        } catch (QuickstartException e) {
            interruption.unlessUnderWay(() -> out.println("\n" + e.getMessage() + "\n"));
        } catch (RuntimeException | Error e) {
            interruption.unlessUnderWay(() -> {
                out.println("\nThe quickstart could not go on. The servers' logs are in target/quickstart.");
                e.printStackTrace(out);
            });
        }
        return FAILURE;
    }

    private int run() {
        Workload workload =
                options.input().<Workload>map(FileWorkload::of).orElseGet(() -> OrderWorkload.of(options.records()));
        out.println("Sluice quickstart: " + workload.announcement());
        out.println("Starting PostgreSQL, a Kafka broker, and a Connect worker with the connector's archive …");
        try (Environment environment = Environment.start(Servers.logging(options.logs()))) {
            Stage stage = stage(environment, workload);
            Comparison comparison = new Run(stage, workload, out, LiveLine.detect(), System::nanoTime).play();
            Report.verdict(comparison, stage.topic().name(), out);
            Report.addresses(stage, options.ending(), out);
            if (options.ending() == Ending.STAY) {
                untilInterrupted();
            }
            stage.connector().delete();
            return comparison.isEqual() ? SUCCESS : FAILURE;
        }
    }

    private Stage stage(Environment environment, Workload workload) {
        Database database = environment.postgres().createDatabase(NAME);
        KafkaBroker broker = environment.broker();
        Topic topic = broker.createTopic(workload.topic(), PARTITIONS, TOPIC_SETTINGS);
        ConnectWorker worker = environment.worker();
        out.println("  PostgreSQL  " + database.url());
        out.println("  Kafka       " + broker.bootstrapServers() + ", topic " + topic.name());
        out.println("  Connect     " + worker.rest().uri());
        out.println("Creating the connector from config/" + workload.configuration() + " …");
        Stage stage = new Stage(broker, worker, database, topic, worker.rest().connector(NAME));
        stage.createConnector(options.configurations().resolve(workload.configuration()));
        return stage;
    }

    private static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
