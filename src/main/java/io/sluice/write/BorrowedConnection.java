package io.sluice.write;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connection whose {@code close} gives it back. All else is the driver's: nothing that it says is looked at, or logged. */
final class BorrowedConnection implements InvocationHandler {
    private final Connection connection;
    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();

    private BorrowedConnection(Connection connection, Runnable release) {
        this.connection = connection;
        this.release = release;
    }

    static Connection of(Connection connection, Runnable release) {
        return (Connection) Proxy.newProxyInstance(
                BorrowedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new BorrowedConnection(connection, release));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            if (released.compareAndSet(false, true)) {
                release.run();
            }
            return null;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
