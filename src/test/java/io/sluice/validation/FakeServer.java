package io.sluice.validation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something that speaks PostgreSQL's protocol up to the login, offers no encryption, and is not to be trusted. Source:
 * PostgreSQL's documentation, "Message Formats".
 */
final class FakeServer implements AutoCloseable {
    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final int AUTHENTICATION = 'R';
    private static final int CLEARTEXT = 3;
    private static final int PASSWORD = 'p';
    private static final int NOTICE = 'N';
    private static final int LONG = 100_000;
    private static final long PAUSE_MILLIS = 50;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket socket;
    private final Login login;
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger passwords = new AtomicInteger();

    private FakeServer(ServerSocket socket, Login login) {
        this.socket = socket;
        this.login = login;
    }

    /** What happens once the client has said who it is. */
    private interface Login {
        void run(FakeServer server, DataInputStream in, DataOutputStream out) throws IOException;
    }

    /** Asks for the password in clear text. */
    static FakeServer askingForThePassword() throws IOException {
        return start((server, in, out) -> {
            out.writeByte(AUTHENTICATION);
            out.writeInt(2 * Integer.BYTES);
            out.writeInt(CLEARTEXT);
            if (in.read() == PASSWORD) {
                server.passwords.incrementAndGet();
            }
        });
    }

    /** Begins a long answer and sends a byte of it now and then. */
    static FakeServer dripping() throws IOException {
        return start((server, in, out) -> {
            out.writeByte(NOTICE);
            out.writeInt(LONG);
            while (!server.socket.isClosed()) {
                out.writeByte(' ');
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    private static FakeServer start(Login login) throws IOException {
        FakeServer server = new FakeServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), login);
        server.threads.execute(server::accept);
        return server;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + socket.getLocalPort() + "/shop";
    }

    /** How many clients have said who they are. */
    int logins() {
        return logins.get();
    }

    /** How many have sent their password. */
    int passwords() {
        return passwords.get();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            int length = in.readInt();
            for (int code = in.readInt(); code == SSL_REQUEST || code == GSS_REQUEST; code = in.readInt()) {
                out.writeByte('N');
                length = in.readInt();
            }
            in.readFully(new byte[length - 2 * Integer.BYTES]);
            logins.incrementAndGet();
            login.run(this, in, out);
        } catch (IOException e) {
            // The client has had enough.
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
