package io.sluice.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.LogContainerCmd;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Frame;
import io.sluice.harness.ChildProcess.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.testcontainers.containers.GenericContainer;

/** A container with an address of its own. Its data is in the container, and so outlives a restart. */
final class ContainerNode implements Node {

    private static final Duration END_BUDGET = Duration.ofSeconds(60);

    private final GenericContainer<?> container;
    private final String name;
    private final String address;
    private final String mainProcess;
    private final ProcessLog log;
    private final DockerClient docker;
    private final Runnable endAtExit = this::remove;

    /** The main process is what a shell in the container takes for its number. */
    private ContainerNode(
            GenericContainer<?> container, String name, String address, String mainProcess, ProcessLog log) {
        this.container = container;
        this.name = name;
        this.address = address;
        this.mainProcess = mainProcess;
        this.log = log;
        this.docker = container.getDockerClient();
    }

    /** Runs a container at an address that {@link Containers#takeAddress} gave. */
    static ContainerNode run(
            GenericContainer<?> container, String name, String address, String mainProcess, ProcessLog log) {
        ContainerNode node = new ContainerNode(container, name, address, mainProcess, log);
        container
                .withNetwork(Containers.ours().network())
                .withCreateContainerCmdModifier(command -> command.withIpv4Address(address));
        JvmExit.register(node.endAtExit);
        try {
            container.start();
        } catch (RuntimeException e) {
            node.close();
            throw new HarnessException("Could not start " + name + " as a container.", e);
        }
        node.followLog(Instant.EPOCH);
        return node;
    }

    @Override
    public long pid() {
        Long pid = state().getPidLong();
        return pid == null ? 0 : pid;
    }

    @Override
    public boolean isRunning() {
        return Boolean.TRUE.equals(state().getRunning());
    }

    @Override
    public void requireRunning() {
        ContainerState state = state();
        if (!Boolean.TRUE.equals(state.getRunning())) {
            throw new HarnessException(name + " has ended with " + state.getExitCodeLong() + ". " + log.file()
                    + " ends with:\n" + log.tail(40));
        }
    }

    @Override
    public void start() {
        Instant now = Instant.now();
        docker.startContainerCmd(container.getContainerId()).exec();
        followLog(now);
    }

    @Override
    public void end(Signal signal) {
        thaw();
        if (isRunning()) {
            send(signal);
        }
        Await.atMost(END_BUDGET).explaining(() -> log.tail(40)).until(name + " to end", () -> !isRunning());
    }

    @Override
    public void freeze() {
        docker.pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void thaw() {
        if (Boolean.TRUE.equals(state().getPaused())) {
            docker.unpauseContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public void disconnect() {
        docker.disconnectFromNetworkCmd()
                .withNetworkId(Containers.ours().network().getId())
                .withContainerId(container.getContainerId())
                .exec();
    }

    @Override
    public void reconnect() {
        docker.connectToNetworkCmd()
                .withNetworkId(Containers.ours().network().getId())
                .withContainerId(container.getContainerId())
                .withContainerNetwork(
                        new ContainerNetwork().withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(address)))
                .exec();
    }

    @Override
    public void close() {
        remove();
        JvmExit.forget(endAtExit);
        Containers.ours().giveBack(address);
    }

    private void remove() {
        container.stop();
    }

    private void send(Signal signal) {
        if (signal == Signal.KILL) {
            docker.killContainerCmd(container.getContainerId()).exec();
            return;
        }
        try {
            container.execInContainer("sh", "-c", "kill -" + signal + " " + mainProcess);
        } catch (IOException e) {
            throw new HarnessException("Could not send " + signal + " to " + name + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while signalling " + name + ".", e);
        }
    }

    private ContainerState state() {
        return docker.inspectContainerCmd(container.getContainerId()).exec().getState();
    }

    /** The stream ends with the container. */
    private void followLog(Instant since) {
        LogContainerCmd command = docker.logContainerCmd(container.getContainerId())
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .withSince(Math.toIntExact(since.getEpochSecond()));
        command.exec(new ResultCallback.Adapter<Frame>() {
            @Override
            public void onNext(Frame frame) {
                append(frame.getPayload());
            }
        });
    }

    private synchronized void append(byte[] output) {
        try {
            Files.write(log.file(), output, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
