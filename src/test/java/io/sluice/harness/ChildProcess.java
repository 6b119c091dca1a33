package io.sluice.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A process that does not outlive this JVM. When the JVM ends it is killed; where the system has {@code setpriv}, the
 * kernel kills it too when the JVM dies hard.
 *
 * <p>The kernel's promise is bound to the thread that started the process, so one thread that lives as long as the JVM
 * starts them all.
 */
final class ChildProcess {

    private static final ExecutorService LAUNCHER = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "harness-launcher");
        thread.setDaemon(true);
        return thread;
    });
    private static final List<String> DIE_WITH_PARENT = dieWithParent();
    private static final Duration EXIT_BUDGET = Duration.ofSeconds(60);

    private final String name;
    private final ProcessLog log;
    private final Process process;
    private final Runnable killAtExit;

    private ChildProcess(String name, ProcessLog log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.killAtExit = this::kill;
        JvmExit.register(killAtExit);
    }

    static ChildProcess start(String name, List<String> command, Path directory, ProcessLog log) {
        List<String> whole = new ArrayList<>(DIE_WITH_PARENT);
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
        try {
            return new ChildProcess(name, log, LAUNCHER.submit(builder::start).get());
        } catch (ExecutionException e) {
            throw new HarnessException("Could not start " + name + ": " + String.join(" ", whole), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while starting " + name + ".", e);
        }
    }

    /** Runs a command to its end and throws, with what it wrote, when it does not succeed. */
    static void run(String name, List<String> command, Path directory, ProcessLog log) {
        ChildProcess child = start(name, command, directory, log);
        int exit = child.awaitExit();
        if (exit != 0) {
            throw new HarnessException(name + " ended with " + exit + ":\n" + log.tail(40));
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: the process gets no chance to do anything more. Returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends a signal that asks the process to end, and waits until it has. */
    void end(Signal signal) {
        send(signal);
        awaitExit();
    }

    void send(Signal signal) {
        try {
            int exit = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new HarnessException("Could not send " + signal + " to " + name + " (" + pid() + ").");
            }
        } catch (IOException e) {
            throw new HarnessException("Could not send " + signal + " to " + name + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while signalling " + name + ".", e);
        }
    }

    void requireAlive() {
        if (!isAlive()) {
            throw new HarnessException(name + " has ended with " + process.exitValue() + ". " + log.file()
                    + " ends with:\n" + log.tail(40));
        }
    }

    private int awaitExit() {
        try {
            if (!process.waitFor(EXIT_BUDGET.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new HarnessException(
                        name + " did not end in " + EXIT_BUDGET + ". " + log.file() + " ends with:\n" + log.tail(40));
            }
            JvmExit.forget(killAtExit);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while waiting for " + name + ".", e);
        }
    }

    private static List<String> dieWithParent() {
        List<String> prefix = List.of("setpriv", "--pdeathsig", "KILL");
        return Probe.succeeds(prefix, "true") ? prefix : List.of();
    }

    enum Signal {
        TERM,
        INT,
        QUIT,
        STOP,
        CONT
    }
}
