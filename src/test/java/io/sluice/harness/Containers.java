package io.sluice.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network.Ipam;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/**
 * Docker, where {@code -Dsluice.containers=true} asks for it: one network, in which each container has an address of its
 * own that outlives a restart and is the same for this JVM and for the other containers. That takes a Docker engine on
 * Linux, whose networks this machine can reach.
 */
final class Containers {

    private static final int FIRST = 10;
    private static final int LAST = 250;

    private static @Nullable Containers ours;

    private final Network network;
    private final String gateway;
    private final BitSet taken = new BitSet();

    private Containers(Network network, String gateway) {
        this.network = network;
        this.gateway = gateway;
    }

    /** Whether servers are to run in containers and not as processes. */
    static boolean areWanted() {
        return Project.setting("sluice.containers").filter("true"::equals).isPresent();
    }

    /** An address of this machine that every server can reach: what stands between a worker and PostgreSQL listens here. */
    static InetAddress ourAddress() {
        try {
            return areWanted() ? InetAddress.getByName(ours().gateway) : InetAddress.getLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new HarnessException("Not an address: " + ours().gateway, e);
        }
    }

    static synchronized Containers ours() {
        if (ours == null) {
            ours = create();
        }
        return ours;
    }

    Network network() {
        return network;
    }

    synchronized String takeAddress() {
        int number = taken.nextClearBit(FIRST);
        if (number > LAST) {
            throw new HarnessException("More than " + (LAST - FIRST) + " containers at once.");
        }
        taken.set(number);
        return gateway.replaceFirst("\\d+$", Integer.toString(number));
    }

    synchronized void giveBack(String address) {
        taken.clear(Integer.parseInt(address.substring(address.lastIndexOf('.') + 1)));
    }

    /** Only a network whose subnet is named can give fixed addresses: Docker chooses one that is free, and we name it. */
    private static Containers create() {
        DockerClient docker = DockerClientFactory.instance().client();
        String probe = docker.createNetworkCmd()
                .withName("sluice-" + ProcessHandle.current().pid())
                .exec()
                .getId();
        Ipam.Config free = docker.inspectNetworkCmd()
                .withNetworkId(probe)
                .exec()
                .getIpam()
                .getConfig()
                .get(0);
        docker.removeNetworkCmd(probe).exec();
        Network network = Network.builder()
                .createNetworkCmdModifier(command -> command.withIpam(new Ipam()
                        .withConfig(
                                new Ipam.Config().withSubnet(free.getSubnet()).withGateway(free.getGateway()))))
                .build();
        JvmExit.register(network::close);
        // Made when it is first asked for.
        network.getId();
        return new Containers(network, free.getGateway());
    }
}
