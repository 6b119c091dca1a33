package io.sluice.write;

import io.sluice.harness.Database;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Passes everything on between clients and a server, and announces processes of its own as poolers do: the key that
 * cancels a statement is theirs. Source: PostgreSQL's documentation, "Message Formats", BackendKeyData.
 */
final class PoolerInFront implements AutoCloseable {
    private static final int KEY_DATA = 'K';
    private static final int READY = 'Z';
    private static final int OWN_PROCESS = 1;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket socket;
    private final Database server;

    private PoolerInFront(ServerSocket socket, Database server) {
        this.socket = socket;
        this.server = server;
    }

    static PoolerInFront of(Database server) throws IOException {
        PoolerInFront pooler = new PoolerInFront(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        pooler.threads.execute(pooler::accept);
        return pooler;
    }

    /** The database as a client sees it from here. Its sessions are not encrypted. */
    Database database() {
        String name = server.name() + "?sslmode=disable&gssEncMode=disable";
        return new Database("127.0.0.1", socket.getLocalPort(), name, server.user(), server.password());
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket backend = new Socket(server.host(), server.port());
                threads.execute(() -> pass(client, backend));
                threads.execute(() -> passWithKeys(backend, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two has ended, and so does the other.
        }
    }

    /** The same, with another process in the messages before the server is ready. */
    private static void passWithKeys(Socket from, Socket to) {
        try (from;
                to) {
            InputStream bytes = from.getInputStream();
            DataInputStream in = new DataInputStream(bytes);
            DataOutputStream out = new DataOutputStream(to.getOutputStream());
            int type;
            do {
                type = in.readUnsignedByte();
                int length = in.readInt();
                byte[] body = in.readNBytes(length - Integer.BYTES);
                if (type == KEY_DATA) {
                    body[0] = 0;
                    body[1] = 0;
                    body[2] = 0;
                    body[3] = OWN_PROCESS;
                }
                out.writeByte(type);
                out.writeInt(length);
                out.write(body);
                out.flush();
            } while (type != READY);
            bytes.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of the two has ended, and so does the other.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
