package io.sluice.harness;

import io.sluice.harness.ChildProcess.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.testcontainers.containers.GenericContainer;

/** A server in a container of the public image. */
final class ContainerPostgres implements PostgresServer {

    private static final String PASSWORD = "sluice";
    private static final int PORT = 5432;
    private static final Duration START_BUDGET = Duration.ofMinutes(2);

    private final ProcessLog log;
    private final Database admin;
    private final ContainerNode node;

    private ContainerPostgres(PostgresOptions options, ProcessLog log) {
        this.log = log;
        String address = Containers.ours().takeAddress();
        this.admin = new Database(address, PORT, "postgres", "postgres", PASSWORD);
        // Its main process is the first of the container.
        this.node = ContainerNode.run(container(options), "PostgreSQL", address, "1", log);
        awaitReady();
    }

    static ContainerPostgres start(PostgresOptions options, ProcessLog log) {
        return new ContainerPostgres(options, log);
    }

    @Override
    public Database admin() {
        return admin;
    }

    @Override
    public ProcessLog log() {
        return log;
    }

    @Override
    public long pid() {
        return node.pid();
    }

    @Override
    public boolean isRunning() {
        return node.isRunning();
    }

    @Override
    public void start() {
        if (!isRunning()) {
            node.start();
            awaitReady();
        }
    }

    @Override
    public void stop() {
        node.end(Signal.INT);
    }

    @Override
    public void crash() {
        node.end(Signal.QUIT);
    }

    @Override
    public void kill() {
        node.end(Signal.KILL);
    }

    @Override
    public void disconnect() {
        node.disconnect();
    }

    @Override
    public void reconnect() {
        node.reconnect();
        awaitReady();
    }

    @Override
    public void close() {
        node.close();
    }

    private void awaitReady() {
        Await.atMost(START_BUDGET)
                .explaining(() -> log.tail(40))
                .until("PostgreSQL to answer at " + admin.url(), () -> {
                    node.requireRunning();
                    return admin.number("SELECT 1") == 1;
                });
    }

    private static GenericContainer<?> container(PostgresOptions options) {
        if (options.version().isPresent()) {
            throw new HarnessException("The containers have the PostgreSQL of docker/.env.");
        }
        List<String> command = new ArrayList<>(List.of("postgres", "-c", "max_connections=200"));
        command.addAll(List.of("-c", "log_line_prefix=%m [%p] %a %d "));
        new TreeMap<>(options.settings()).forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return new GenericContainer<>(ContainerImages.postgres())
                .withEnv("POSTGRES_PASSWORD", PASSWORD)
                .withEnv("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --locale=C --no-sync")
                .withCommand(command.toArray(new String[0]));
    }
}
