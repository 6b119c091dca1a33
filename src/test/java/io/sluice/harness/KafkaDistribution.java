package io.sluice.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The libraries of one Kafka version, from which brokers and workers run. Maven resolves them once from
 * {@code src/test/kafka/pom.xml}; the result is kept in {@code target/kafka}.
 */
public final class KafkaDistribution {

    /** What {@code kafka.version} says when the build does not hand it on. */
    private static final String DEFAULT_VERSION = "4.3.1";

    private static final Map<String, KafkaDistribution> RESOLVED = new ConcurrentHashMap<>();

    private final String version;
    private final String classpath;

    private KafkaDistribution(String version, String classpath) {
        this.version = version;
        this.classpath = classpath;
    }

    public static KafkaDistribution of(String version) {
        return RESOLVED.computeIfAbsent(version, wanted -> new KafkaDistribution(wanted, classpathOf(wanted)));
    }

    /** The version that the project is built for, or the one that {@code -Dkafka.version} names. */
    public static KafkaDistribution current() {
        return of(Project.setting("kafka.version").orElse(DEFAULT_VERSION));
    }

    public String version() {
        return version;
    }

    /** The command line that runs a main class of this distribution, logging to its standard output. */
    List<String> command(Path java, String mainClass, List<String> jvmArguments, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin").resolve("java").toString());
        command.addAll(jvmArguments);
        command.add("-Dlog4j2.configurationFile="
                + Project.kafkaFiles().resolve("log4j2.xml").toUri());
        command.add("-Dlog4j.configuration="
                + Project.kafkaFiles().resolve("log4j.properties").toUri());
        command.addAll(List.of("-cp", classpath, mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String classpathOf(String version) {
        String logging = version.startsWith("3.") ? "reload4j" : "log4j2";
        return MavenClasspath.of(
                Project.kafkaFiles().resolve("pom.xml"),
                List.of("-P" + logging, "-Dkafka.version=" + version),
                Project.target().resolve("kafka").resolve(version + ".classpath"));
    }
}
