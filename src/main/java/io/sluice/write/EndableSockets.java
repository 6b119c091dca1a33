package io.sluice.write;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.postgresql.PGProperty;
import org.postgresql.core.SocketFactoryFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sockets that belong to a group and are closed with it. That ends whoever waits for them: neither an interrupt nor
 * a time limit for each answer does, when a server that is asked for a login says one byte at a time.
 *
 * <p>Threading: a group is for all threads. The driver makes a factory of its own for each connection, by name, so it finds
 * the group by a property.
 */
public final class EndableSockets extends SocketFactory {
    private static final Logger LOG = LoggerFactory.getLogger(EndableSockets.class);

    private static final String GROUP = "sluice.socketGroup";
    private static final String WRAPPED = "sluice.socketFactory";
    private static final Map<String, Group> GROUPS = new ConcurrentHashMap<>();

    private final SocketFactory sockets;
    private final String group;

    /** For the driver: {@code properties} are those of the connection. */
    public EndableSockets(Properties properties) throws SQLException {
        Properties wrapped = new Properties();
        properties.stringPropertyNames().forEach(name -> wrapped.setProperty(name, properties.getProperty(name)));
        wrapped.remove(PGProperty.SOCKET_FACTORY.getName());
        String factory = properties.getProperty(WRAPPED, "");
        if (!factory.isEmpty()) {
            wrapped.setProperty(PGProperty.SOCKET_FACTORY.getName(), factory);
        }
        this.sockets = SocketFactoryFactory.getSocketFactory(wrapped);
        this.group = properties.getProperty(GROUP, "");
    }

    /** Sockets with one end. */
    public static final class Group implements AutoCloseable {
        private final String name = UUID.randomUUID().toString();
        private final Set<Socket> open = new HashSet<>();
        private boolean closed;

        /** A group that is open. */
        public Group() {
            GROUPS.put(name, this);
        }

        /** Makes a connection with these properties belong here; a socket factory that they name still makes its sockets. */
        void adopt(Properties properties) {
            properties.setProperty(WRAPPED, properties.getProperty(PGProperty.SOCKET_FACTORY.getName(), ""));
            properties.setProperty(PGProperty.SOCKET_FACTORY.getName(), EndableSockets.class.getName());
            properties.setProperty(GROUP, name);
        }

        private synchronized Socket add(Socket socket) throws IOException {
            if (closed) {
                socket.close();
                throw new SocketException("The time for this connection is over");
            }
            open.add(socket);
            return socket;
        }

        /** Closes all sockets; there will be no more. */
        @Override
        public synchronized void close() {
            closed = true;
            GROUPS.remove(name);
            for (Socket socket : open) {
                try {
                    socket.close();
                } catch (IOException e) {
                    LOG.debug("A socket could not be closed", e);
                }
            }
            open.clear();
        }
    }

    @Override
    public Socket createSocket() throws IOException {
        Group owner = GROUPS.get(group);
        if (owner == null) {
            throw new SocketException("The time for this connection is over");
        }
        return owner.add(sockets.createSocket());
    }

    /** The driver connects its sockets itself. */
    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new SocketException("A socket is connected by whoever asked for it");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostName(), port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket(address, port);
    }
}
