package io.sluice.harness;

import io.sluice.harness.ChildProcess.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A server that runs as a child of this JVM, on a free port of the loopback address, with data of its own. */
final class EmbeddedPostgres implements PostgresServer {

    private static final String SUPERUSER = "postgres";
    private static final String PASSWORD = "sluice";
    private static final Duration START_BUDGET = Duration.ofSeconds(60);

    private final PostgresOptions options;
    private final ProcessLog log;
    private final RunAs runAs = RunAs.detect();
    private final Path binaries;
    private final Path directory = Scratch.directory("postgres");
    private final Database admin = new Database("127.0.0.1", FreePort.next(), "postgres", SUPERUSER, PASSWORD);
    private ChildProcess process;

    private EmbeddedPostgres(PostgresOptions options, ProcessLog log) {
        this.options = options;
        this.log = log;
        this.binaries = PostgresBinaries.directory(options.version(), runAs).resolve("bin");
        Scratch.openToAll(directory);
        runAs.give(directory);
        ChildProcess.run("initdb", Signal.TERM, initdb(), directory, log);
        this.process = launch();
        awaitReady();
    }

    /** A standby with a copy of the primary's data. */
    private EmbeddedPostgres(EmbeddedPostgres primary, ProcessLog log) {
        this.options = primary.options;
        this.log = log;
        this.binaries = primary.binaries;
        Scratch.openToAll(directory);
        Path data = directory.resolve("data");
        primary.stop();
        copy(primary.directory.resolve("data"), data);
        primary.start();
        write(data.resolve("standby.signal"), "");
        write(
                data.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=%s port=%d user=%s password=%s'%n"
                        .formatted(primary.admin.host(), primary.admin.port(), SUPERUSER, PASSWORD));
        runAs.give(directory);
        this.process = launch();
        awaitReady();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public PostgresServer startStandby(ProcessLog standbysLog) {
        return new EmbeddedPostgres(this, standbysLog);
    }

    static EmbeddedPostgres start(PostgresOptions options, ProcessLog log) {
        return new EmbeddedPostgres(options, log);
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
        return process.pid();
    }

    @Override
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void start() {
        if (!isRunning()) {
            process = launch();
            awaitReady();
        }
    }

    @Override
    public void stop() {
        process.end(Signal.INT);
    }

    @Override
    public void crash() {
        process.end(Signal.QUIT);
    }

    @Override
    public void kill() {
        process.killTree();
    }

    @Override
    public void close() {
        if (isRunning()) {
            crash();
        }
        Scratch.delete(directory);
    }

    /** A server that is killed leaves shared memory behind for ever; the immediate shutdown is as quick and does not. */
    private ChildProcess launch() {
        return ChildProcess.start("PostgreSQL", Signal.QUIT, postgres(), directory, log);
    }

    private void awaitReady() {
        Await.atMost(START_BUDGET)
                .explaining(() -> log.tail(40))
                .until("PostgreSQL to answer at " + admin.url(), () -> {
                    process.requireAlive();
                    return admin.number("SELECT 1") == 1;
                });
    }

    private List<String> initdb() {
        Path passwordFile = directory.resolve("password");
        write(passwordFile, PASSWORD);
        List<String> command = command("initdb");
        command.addAll(List.of("--username=" + SUPERUSER, "--auth=scram-sha-256", "--pwfile=" + passwordFile));
        command.addAll(List.of("--encoding=UTF8", "--locale=C", "--no-sync"));
        return command;
    }

    private List<String> postgres() {
        List<String> command = command("postgres");
        setting(command, "port", Integer.toString(admin.port()));
        setting(command, "listen_addresses", admin.host());
        setting(command, "unix_socket_directories", "");
        setting(command, "max_connections", "200");
        setting(command, "log_line_prefix", "%m [%p] %a %d ");
        options.settings().forEach((name, value) -> setting(command, name, value));
        return command;
    }

    private List<String> command(String program) {
        List<String> command = new ArrayList<>(runAs.prefix());
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of("-D", directory.resolve("data").toString()));
        return command;
    }

    private static void setting(List<String> command, String name, String value) {
        command.add("-c");
        command.add(name + "=" + value);
    }
}
