package io.sluice.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkTask;

/**
 * Loads the packaged connector as a worker does: the archive's own classes first, and from outside only the JDK, Kafka
 * and SLF4J. So the tests' own driver and the connector's do not know of each other.
 */
final class PluginLoader extends URLClassLoader {
    private static final String CONNECTOR = "io.sluice.PostgresSinkConnector";

    static {
        registerAsParallelCapable();
    }

    private PluginLoader(List<URL> jars) {
        super(jars.toArray(URL[]::new), PluginLoader.class.getClassLoader());
    }

    /** A new loader of the archive that the build has made. */
    static PluginLoader open() {
        try {
            return new PluginLoader(unpack(Path.of(System.getProperty("sluice.archive"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A task of a connector with this configuration, not yet started, and the configuration that it is to be started with. */
    record Configured(SinkTask task, Map<String, String> config) {}

    Configured configure(Map<String, String> config) {
        try {
            SinkConnector connector = (SinkConnector)
                    loadClass(CONNECTOR).getDeclaredConstructor().newInstance();
            connector.start(config);
            SinkTask task =
                    (SinkTask) connector.taskClass().getDeclaredConstructor().newInstance();
            return new Configured(task, connector.taskConfigs(1).get(0));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            if (isOfTheWorker(name)) {
                return super.loadClass(name, resolve);
            }
            try {
                return findClass(name);
            } catch (ClassNotFoundException e) {
                return getPlatformClassLoader().loadClass(name);
            }
        }
    }

    private static boolean isOfTheWorker(String name) {
        return name.startsWith("java.") || name.startsWith("org.apache.kafka.") || name.startsWith("org.slf4j.");
    }

    private static List<URL> unpack(Path archive) throws IOException {
        Path directory = Files.createDirectories(archive.resolveSibling("delivery-plugin"));
        List<URL> jars = new ArrayList<>();
        try (InputStream file = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().matches("[^/]+/lib/[^/]+\\.jar")) {
                    jars.add(copy(
                            zip,
                            directory,
                            Path.of(entry.getName()).getFileName().toString()));
                }
            }
        }
        return jars;
    }

    private static URL copy(InputStream jar, Path directory, String name) throws MalformedURLException {
        try {
            Path file = Files.createTempFile(directory, "", "-" + name);
            Files.copy(jar, file, StandardCopyOption.REPLACE_EXISTING);
            file.toFile().deleteOnExit();
            return file.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
