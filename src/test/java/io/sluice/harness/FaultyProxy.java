package io.sluice.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A way to a database that can be bad: it cuts what is connected, swallows what is sent, or loses the answer to a statement,
 * a COMMIT for example, by cutting the connection when the server has said that it is done. While it is silent, whoever knocks is let in and
 * hears nothing.
 */
public final class FaultyProxy implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Database behind;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<byte @Nullable []> wanted = new AtomicReference<>();
    private final AtomicInteger stolen = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean silent;
    private boolean closed;

    private FaultyProxy(Database behind, ServerSocket listener) {
        this.behind = behind;
        this.listener = listener;
    }

    /** A good way, at first. */
    public static FaultyProxy before(Database database) {
        try {
            FaultyProxy proxy = new FaultyProxy(database, new ServerSocket(0, 50, Containers.ourAddress()));
            thread(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database as it is reached through the proxy. */
    public Database database() {
        String host = listener.getInetAddress().getHostAddress();
        return new Database(host, listener.getLocalPort(), behind.name(), behind.user(), behind.password());
    }

    /** The next COMMIT of anybody gets no answer. */
    public void stealNextCommit() {
        stealNext("COMMIT");
    }

    /**
     * The next statement of anybody that ends with this command tag gets no answer. (A driver that has prepared a statement
     * does not say its text.)
     */
    public void stealNext(String tag) {
        wanted.set((tag + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    /** How many answers were lost. */
    public int stolen() {
        return stolen.get();
    }

    /** Cuts all connections; new ones are let through. */
    public synchronized void cut() {
        sockets.forEach(FaultyProxy::close);
        sockets.clear();
    }

    /** Hands nothing on in either direction, until {@link #speak}. */
    public synchronized void fallSilent() {
        silent = true;
    }

    /** Cuts what is connected, and lets nobody through until {@link #speak}. */
    public synchronized void shut() {
        fallSilent();
        cut();
    }

    /** How many connections have come while it was silent, and wait. */
    public int waiting() {
        return waiting.get();
    }

    /** Hands on again, what has waited first. */
    public synchronized void speak() {
        silent = false;
        notifyAll();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end();
    }

    private synchronized void end() {
        closed = true;
        notifyAll();
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                thread(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            waiting.incrementAndGet();
            awaitSpeech();
            waiting.decrementAndGet();
            try (Socket server = new Socket(behind.host(), behind.port())) {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                join(client, server);
                thread(() -> handBack(server, client));
                handOn(client, server);
            }
        } catch (IOException e) {
            // One end has gone, or the way is closed, and with the sockets the other end learns of it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void join(Socket client, Socket server) throws IOException {
        requireOpen();
        sockets.add(client);
        sockets.add(server);
    }

    private void handOn(Socket client, Socket server) throws IOException, InterruptedException {
        InputStream requests = client.getInputStream();
        OutputStream onward = server.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int read = requests.read(buffer); read >= 0; read = requests.read(buffer)) {
            awaitSpeech();
            onward.write(buffer, 0, read);
        }
    }

    private void handBack(Socket server, Socket client) {
        byte[] buffer = new byte[BUFFER];
        try (server;
                client) {
            InputStream answers = server.getInputStream();
            OutputStream back = client.getOutputStream();
            for (int read = answers.read(buffer); read >= 0; read = answers.read(buffer)) {
                awaitSpeech();
                byte[] tag = wanted.get();
                if (tag != null && holds(tag, buffer, read) && wanted.compareAndSet(tag, null)) {
                    stolen.incrementAndGet();
                    return;
                }
                back.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // As above.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitSpeech() throws IOException, InterruptedException {
        while (silent && !closed) {
            wait();
        }
        requireOpen();
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("The way is closed");
        }
    }

    private static boolean holds(byte[] tag, byte[] buffer, int length) {
        for (int start = 0; start + tag.length <= length; start++) {
            if (Arrays.equals(buffer, start, start + tag.length, tag, 0, tag.length)) {
                return true;
            }
        }
        return false;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
