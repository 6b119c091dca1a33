package io.sluice.delivery;

import io.sluice.harness.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gate on the way to a database. While it is shut, whoever knocks is let in and hears nothing: a network that swallows
 * packets, or a server that hangs.
 */
final class Gate implements AutoCloseable {
    private final Database behind;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean shut;

    private Gate(Database behind, ServerSocket listener) {
        this.behind = behind;
        this.listener = listener;
    }

    /** An open gate. */
    static Gate before(Database database) {
        try {
            Gate gate = new Gate(database, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            thread("gate", gate::accept);
            return gate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database as it is reached through the gate. */
    Database database() {
        return new Database("127.0.0.1", listener.getLocalPort(), behind.name(), behind.user(), behind.password());
    }

    /** Cuts what is connected, and answers nobody from now on. */
    synchronized void shut() {
        shut = true;
        sockets.forEach(Gate::close);
        sockets.clear();
    }

    /** Whoever waits gets through. */
    synchronized void open() {
        shut = false;
        notifyAll();
    }

    /** How many connections wait at the gate. */
    int waiting() {
        return waiting.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                thread("gate-entry", () -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            waiting.incrementAndGet();
            awaitOpen();
            waiting.decrementAndGet();
            try (Socket server = new Socket(behind.host(), behind.port())) {
                sockets.add(client);
                sockets.add(server);
                thread("gate-way-back", () -> copy(server, client));
                copy(client, server);
            }
        } catch (IOException e) {
            // One end has gone, and with the sockets the other end learns of it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitOpen() throws InterruptedException {
        while (shut) {
            wait();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream input = from.getInputStream();
                OutputStream output = to.getOutputStream()) {
            input.transferTo(output);
        } catch (IOException e) {
            // As above.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
