package io.sluice.harness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Asks for a Docker daemon before any test does, and says so in one line where there is none: Testcontainers would look
 * for minutes, and explain at length.
 */
public final class DockerAnswers {

    private static final String DEFAULT = "unix:///var/run/docker.sock";

    private DockerAnswers() {}

    /** Ends this JVM with 1 where none answers. */
    public static void main(String[] arguments) {
        String host = System.getenv().getOrDefault("DOCKER_HOST", DEFAULT);
        if (!isAt(host)) {
            System.out.println("No Docker answers at " + host
                    + ": the container tests need a daemon, and DOCKER_HOST says where it is. `mvn verify`"
                    + " needs none.");
            System.exit(1);
        }
    }

    private static boolean isAt(String host) {
        URI uri = URI.create(host);
        SocketAddress address = uri.getScheme().equals("unix")
                ? UnixDomainSocketAddress.of(uri.getPath())
                : new InetSocketAddress(uri.getHost(), uri.getPort());
        try (SocketChannel channel = SocketChannel.open(address)) {
            channel.write(ByteBuffer.wrap("GET /_ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(64);
            channel.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII).contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }
}
