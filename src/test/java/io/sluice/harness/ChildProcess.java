package io.sluice.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A process that does not outlive this JVM. When the JVM ends, the process gets the signal that it was started with;
 * where the system has {@code setpriv}, the kernel sends that signal too when the JVM dies hard.
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
    private static final boolean HAS_SETPRIV = Probe.succeeds(dieWithParent(Signal.KILL), "true");
    private static final Duration EXIT_BUDGET = Duration.ofSeconds(60);

    private final String name;
    private final ProcessLog log;
    private final Process process;
    private final Runnable endAtExit;

    private ChildProcess(String name, Signal ending, ProcessLog log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.endAtExit = () -> endTree(ending);
        JvmExit.register(endAtExit);
    }

    static ChildProcess start(String name, Signal ending, List<String> command, Path directory, ProcessLog log) {
        List<String> whole = new ArrayList<>(HAS_SETPRIV ? dieWithParent(ending) : List.of());
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
        try {
            return new ChildProcess(
                    name, ending, log, LAUNCHER.submit(builder::start).get());
        } catch (ExecutionException e) {
            throw new HarnessException("Could not start " + name + ": " + String.join(" ", whole), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while starting " + name + ".", e);
        }
    }

    /**
     * Runs a command to its end and throws, with what it wrote, when it does not succeed.
     *
     * @param ending the signal that it gets when this JVM ends first
     */
    static void run(String name, Signal ending, List<String> command, Path directory, ProcessLog log) {
        ChildProcess child = start(name, ending, command, directory, log);
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
        end(Signal.KILL);
    }

    /**
     * SIGKILL for the process and all that it has started, and it is stopped before, since it could start another one
     * meanwhile. Returns when they are gone.
     */
    void killTree() {
        if (isAlive()) {
            send(Signal.STOP);
        }
        List<ProcessHandle> tree = process.descendants().toList();
        kill();
        tree.forEach(ProcessHandle::destroyForcibly);
        awaitExit(tree);
    }

    /** Ends the process, and returns when those are gone too that it has started: they write files as well. */
    private void endTree(Signal signal) {
        List<ProcessHandle> tree = process.descendants().toList();
        end(signal);
        awaitExit(tree);
    }

    private static void awaitExit(List<ProcessHandle> tree) {
        tree.forEach(descendant ->
                descendant.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** Sends a signal that ends the process, if it has not ended yet, and waits until it has. */
    void end(Signal signal) {
        if (isAlive()) {
            send(signal);
        }
        awaitExit();
    }

    void send(Signal signal) {
        try {
            int exit = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0 && isAlive()) {
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
            JvmExit.forget(endAtExit);
            removeTraces();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while waiting for " + name + ".", e);
        }
    }

    /**
     * What a JVM that is killed leaves in the temporary directory: the socket that {@link JvmView} made it open, and its
     * performance counters. HotSpot takes /tmp whatever {@code java.io.tmpdir} says.
     */
    private void removeTraces() {
        Path temporary = Path.of("/tmp");
        try {
            Files.deleteIfExists(temporary.resolve(".java_pid" + pid()));
            Files.deleteIfExists(temporary
                    .resolve("hsperfdata_" + System.getProperty("user.name"))
                    .resolve(Long.toString(pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> dieWithParent(Signal signal) {
        return List.of("setpriv", "--pdeathsig", signal.name());
    }

    enum Signal {
        KILL,
        TERM,
        INT,
        QUIT,
        STOP,
        CONT
    }
}
