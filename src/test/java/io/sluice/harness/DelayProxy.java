package io.sluice.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A longer way to a server: whatever goes to it or comes from it arrives later by the same time, as much of it as went
 * in. It is a delay and no limit: what is under way does not hold up what comes after it.
 *
 * <p>Threading: for each direction of each connection one thread reads and another writes.
 */
public final class DelayProxy implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    /** Chunks under way in one direction. At 64 KiB each they are far more than any delay of ours holds. */
    private static final int MOST_CHUNKS = 4096;

    private final ServerSocket entrance;
    private final String host;
    private final int port;
    private final long delayNanos;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private DelayProxy(ServerSocket entrance, String host, int port, Duration oneWay) {
        this.entrance = entrance;
        this.host = host;
        this.port = port;
        this.delayNanos = oneWay.toNanos();
    }

    /** Listens on a free port of the loopback address. */
    public static DelayProxy to(String host, int port, Duration oneWay) {
        try {
            ServerSocket entrance = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
            DelayProxy proxy = new DelayProxy(entrance, host, port, oneWay);
            daemon("accept", proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return entrance.getLocalPort();
    }

    @Override
    public void close() {
        close(entrance);
        sockets.forEach(DelayProxy::close);
    }

    /** Ends when the entrance is closed. */
    private void accept() {
        while (!entrance.isClosed()) {
            try {
                join(entrance.accept());
            } catch (IOException e) {
                // The entrance was closed, or the server does not take the connection: the client sees that.
            }
        }
    }

    private void join(Socket client) throws IOException {
        sockets.add(client);
        try {
            Socket server = new Socket(host, port);
            sockets.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            new Direction(client, server).begin();
            new Direction(server, client).begin();
        } catch (IOException e) {
            close(client);
            throw e;
        }
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            // It is gone either way.
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "delay-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Bytes that are under way, and when they arrive. No bytes stand for the end of the stream. */
    private record Chunk(ByteBuffer bytes, long arrival) {}

    private final class Direction {

        private final Socket from;
        private final Socket to;
        private final BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(MOST_CHUNKS);

        Direction(Socket from, Socket to) {
            this.from = from;
            this.to = to;
        }

        void begin() {
            daemon("read", this::read);
            daemon("write", this::write);
        }

        private void read() {
            byte[] buffer = new byte[CHUNK];
            try (InputStream in = from.getInputStream()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    underWay.put(
                            new Chunk(ByteBuffer.wrap(Arrays.copyOf(buffer, read)), System.nanoTime() + delayNanos));
                }
            } catch (IOException e) {
                // The other side is told by the end.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                boolean unused = underWay.offer(new Chunk(ByteBuffer.allocate(0), System.nanoTime() + delayNanos));
            }
        }

        private void write() {
            try (OutputStream out = to.getOutputStream()) {
                for (Chunk chunk = underWay.take(); chunk.bytes().hasRemaining(); chunk = underWay.take()) {
                    await(chunk.arrival());
                    out.write(chunk.bytes().array());
                }
            } catch (IOException e) {
                close(from);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void await(long moment) {
            for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
