package io.sluice.harness;

import io.sluice.harness.ChildProcess.Signal;

/** A server as something that runs, in a process of this machine or in a container. It keeps its address and its data. */
interface Node {

    /** Of its main process, as this machine counts. */
    long pid();

    boolean isRunning();

    /** Throws, with the end of the log, when it has ended. */
    void requireRunning();

    /** Starts it again after {@link #end}; whether it is ready is another question. */
    void start();

    /** Sends a signal that ends it, if it has not ended yet, and waits until it has. */
    void end(Signal signal);

    /** Stops it where it stands, with all its connections open. */
    void freeze();

    /** Lets it go on, if it was frozen. */
    void thaw();

    /** Takes a container off the network: what is sent to it or by it is lost, and nobody is told. */
    default void disconnect() {
        throw new HarnessException("Only a container can be taken off the network.");
    }

    /** Puts it back, at its old address. */
    default void reconnect() {
        throw new HarnessException("Only a container can be put back on the network.");
    }

    /** Kills it, and removes its data. */
    void close();
}
