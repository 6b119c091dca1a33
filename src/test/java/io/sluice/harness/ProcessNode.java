package io.sluice.harness;

import io.sluice.harness.ChildProcess.Signal;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A process of this machine. */
final class ProcessNode implements Node {

    private final Supplier<ChildProcess> launch;
    private final Path directory;
    private ChildProcess process;

    private ProcessNode(Supplier<ChildProcess> launch, Path directory) {
        this.launch = launch;
        this.directory = directory;
        this.process = launch.get();
    }

    /** Runs it, with a directory that goes with it. */
    static ProcessNode run(Supplier<ChildProcess> launch, Path directory) {
        return new ProcessNode(launch, directory);
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
    public void requireRunning() {
        process.requireAlive();
    }

    @Override
    public void start() {
        process = launch.get();
    }

    @Override
    public void end(Signal signal) {
        process.end(signal);
    }

    @Override
    public void freeze() {
        process.send(Signal.STOP);
    }

    @Override
    public void thaw() {
        process.send(Signal.CONT);
    }

    @Override
    public void close() {
        process.kill();
        Scratch.delete(directory);
    }
}
