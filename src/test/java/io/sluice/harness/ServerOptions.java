package io.sluice.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a broker or a worker is run: its Kafka version, the directory of its Java, its heap as {@code -Xmx} takes it,
 * further JVM arguments, and properties that add to the harness's own or replace them.
 */
public record ServerOptions(
        KafkaDistribution kafka, Path java, String heap, List<String> jvmArguments, Map<String, String> properties) {

    /** Starts quickly and stays small; compiled code is slower than it could be. */
    private static final List<String> QUICK_START = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final String PLUGIN_PATH = "plugin.path";
    private static final Path OUR_JAVA = Path.of(System.getProperty("java.home"));

    public ServerOptions {
        jvmArguments = List.copyOf(jvmArguments);
        properties = Map.copyOf(properties);
    }

    public static ServerOptions forTests() {
        return new ServerOptions(KafkaDistribution.current(), OUR_JAVA, "256m", QUICK_START, Map.of());
    }

    /** A JVM as users run it, for numbers that mean something. */
    public static ServerOptions forBenchmarks() {
        return new ServerOptions(KafkaDistribution.current(), OUR_JAVA, "1g", List.of(), Map.of());
    }

    public ServerOptions withKafka(String version) {
        return new ServerOptions(KafkaDistribution.of(version), java, heap, jvmArguments, properties);
    }

    /** A JVM of another Java than the one that runs the tests; the directory is what {@code JAVA_HOME} would say. */
    public ServerOptions withJava(Path home) {
        return new ServerOptions(kafka, home, heap, jvmArguments, properties);
    }

    public ServerOptions withHeap(String maximum) {
        return new ServerOptions(kafka, java, maximum, jvmArguments, properties);
    }

    public ServerOptions withJvmArguments(String... arguments) {
        return new ServerOptions(kafka, java, heap, List.of(arguments), properties);
    }

    public ServerOptions with(String property, String value) {
        Map<String, String> more = new HashMap<>(properties);
        more.put(property, value);
        return new ServerOptions(kafka, java, heap, jvmArguments, more);
    }

    /** A worker that has Debezium's source connector for PostgreSQL beside ours. */
    public ServerOptions withDebezium() {
        return withPlugins(DebeziumPlugin.SOURCE.pluginPath());
    }

    /** A worker that has Debezium's JDBC sink beside ours. */
    public ServerOptions withDebeziumSink() {
        return withPlugins(DebeziumPlugin.SINK.pluginPath());
    }

    /** A worker whose plugin path has one more directory. */
    public ServerOptions withPlugins(Path directory) {
        return with(PLUGIN_PATH, properties.getOrDefault(PLUGIN_PATH, ours()) + "," + directory);
    }

    private static String ours() {
        return PluginArchive.pluginPath().toString();
    }

    /** The environment variable in which an image takes a property. */
    static String variable(String prefix, String property) {
        return prefix + property.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** Directories of a worker's plugin path. */
    static List<String> pluginDirectories(Map<String, String> properties) {
        String path = properties.getOrDefault(PLUGIN_PATH, "");
        return path.isEmpty() ? List.of() : List.of(path.split(",", -1));
    }

    /** The variables in which Kafka's scripts take the flags of the JVM, among them what lets this JVM look into it. */
    Map<String, String> variables(String host) {
        return Map.of(
                "KAFKA_HEAP_OPTS", "-Xmx" + heap,
                "KAFKA_JVM_PERFORMANCE_OPTS", String.join(" ", jvmArguments),
                "KAFKA_OPTS",
                        "-Djava.rmi.server.hostname=" + host + " -Dcom.sun.management.jmxremote.local.only=false");
    }

    List<String> command(String mainClass, String... arguments) {
        List<String> jvm = new ArrayList<>(jvmArguments);
        jvm.add("-Xmx" + heap);
        return kafka.command(java, mainClass, jvm, arguments);
    }
}
