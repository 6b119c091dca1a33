package io.sluice.harness;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A look into the JVM of another process of the same user, over JMX. */
public final class JvmView implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    private JvmView(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
    }

    /** The address comes from a process that we started, so there is no stranger to deserialize from. */
    @SuppressWarnings("BanJNDI")
    static JvmView attach(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return new JvmView(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (IOException | AttachNotSupportedException e) {
            throw new HarnessException("Could not attach to the JVM " + pid + ".", e);
        }
    }

    /** Names of MBeans that match a pattern, such as {@code kafka.connect:type=sink-task-metrics,*}. */
    public Set<ObjectName> beans(String pattern) {
        return ask(() -> beans.queryNames(new ObjectName(pattern), null));
    }

    /** The value of one attribute of one MBean. */
    public Object attribute(String bean, String attribute) {
        return ask(() -> beans.getAttribute(new ObjectName(bean), attribute));
    }

    public double number(String bean, String attribute) {
        return ((Number) attribute(bean, attribute)).doubleValue();
    }

    /** Names of the live threads. */
    public List<String> threads() {
        ThreadMXBean threads = ask(() -> ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class));
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .map(thread -> thread.getThreadName())
                .toList();
    }

    public void collectGarbage() {
        memory().gc();
    }

    /** Bytes of the heap in use, garbage included. */
    public long heapUsed() {
        return memory().getHeapMemoryUsage().getUsed();
    }

    /** Live instances of classes whose full name contains the text, after a collection of the garbage. */
    public long instances(String className) {
        return diagnose("gcClassHistogram")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[3].contains(className))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    /** Statistics of all class loaders, one a line with its class. */
    public List<String> classLoaders() {
        return diagnose("vmClassloaderStats").lines().toList();
    }

    @Override
    public void close() {
        ask(() -> {
            connector.close();
            return true;
        });
    }

    private MemoryMXBean memory() {
        return ask(() -> ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class));
    }

    private String diagnose(String command) {
        ObjectName diagnostics = ask(() -> new ObjectName("com.sun.management:type=DiagnosticCommand"));
        Object[] noArguments = {new String[0]};
        String[] signature = {String[].class.getName()};
        return (String) ask(() -> beans.invoke(diagnostics, command, noArguments, signature));
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException | JMException e) {
            throw new HarnessException("The JVM did not answer over JMX.", e);
        }
    }

    private interface Question<T> {
        T ask() throws IOException, JMException;
    }
}
