package io.sluice.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DelayProxyTest {

    private static final Duration ONE_WAY = Duration.ofMillis(20);
    private static final int LARGE = 32 << 20;

    private ServerSocket server;
    private DelayProxy proxy;

    @BeforeEach
    void startAnEcho() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        proxy = DelayProxy.to("127.0.0.1", server.getLocalPort(), ONE_WAY);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void delaysEachWay() throws Exception {
        var echo = CompletableFuture.runAsync(this::echo);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            long begin = System.nanoTime();
            client.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
            assertThat(System.nanoTime() - begin)
                    .isGreaterThanOrEqualTo(ONE_WAY.multipliedBy(2).toNanos());
        }
        echo.join();
    }

    /** Were it to delay one chunk after the other, this would take ten seconds and more. */
    @Test
    void delaysALargeTransferNoMoreThanASmallOne() throws Exception {
        var echo = CompletableFuture.runAsync(this::echo);
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            long begin = System.nanoTime();
            var sending = CompletableFuture.runAsync(() -> send(client, new byte[LARGE]));
            assertThat(client.getInputStream().readNBytes(LARGE)).hasSize(LARGE);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
            sending.join();
        }
        echo.join();
    }

    @Test
    void passesOnTheEnd() throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            server.accept().close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new HarnessException("Could not send.", e);
        }
    }

    private void echo() {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            throw new HarnessException("The echo failed.", e);
        }
    }
}
