package io.sluice.validation;

import io.sluice.config.SinkConfig;
import io.sluice.config.ValidationConfig;
import io.sluice.config.ValidationLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a configuration against PostgreSQL, as far as {@code validation.level} says, and adds what is wrong to the
 * settings to blame.
 *
 * <p>All of it takes no longer than {@code connection.validation.timeout.ms}: the checks run on a thread of their own,
 * whose connections are cut when it does not answer in time, since a connection attempt cannot be interrupted.
 */
public final class LiveValidation {
    private static final Logger LOG = LoggerFactory.getLogger(LiveValidation.class);

    private static final String CONNECTION = "connection.";

    /** A value that a config provider of another worker would replace. */
    private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{[^}:]+:[^}]*}");

    private LiveValidation() {}

    /**
     * Adds to the values what the server has to object to.
     *
     * @param properties the connector's configuration, as Connect gives it
     * @param values what validation has found out so far; problems are added to it
     */
    public static void extend(Map<String, String> properties, List<ConfigValue> values) {
        Set<String> wrong = values.stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .map(ConfigValue::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (wrong.stream().anyMatch(key -> key.startsWith(CONNECTION)) || wrong.contains(ValidationConfig.LEVEL)) {
            return;
        }
        parse(properties, wrong)
                .filter(config -> config.validation().level() != ValidationLevel.SYNTAX)
                .filter(config -> !hasUnresolvedSecret(properties))
                .ifPresent(config ->
                        check(new Checks(config, properties, wrong)).forEach(problem -> problem.addTo(values)));
    }

    private static List<Problem> check(Checks checks) {
        FutureTask<Boolean> task = new FutureTask<>(checks, true);
        Thread thread = new Thread(task, "sluice-validation");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(checks.deadline().budget().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            checks.giveUp();
        } catch (ExecutionException e) {
            // A fault of the checks is no fault of the configuration.
            LOG.warn("The checks of a configuration ended unexpectedly, which is a fault of Sluice", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return checks.findings().close();
    }

    /** The configuration, with defaults in place of what is wrong; empty where that is wrong together. */
    private static Optional<SinkConfig> parse(Map<String, String> properties, Set<String> wrong) {
        try {
            return Optional.of(SinkConfig.parseWithout(wrong, properties));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    private static boolean hasUnresolvedSecret(Map<String, String> properties) {
        Optional<String> unresolved = properties.entrySet().stream()
                .filter(property -> property.getKey().startsWith(CONNECTION)
                        && property.getValue() != null
                        && UNRESOLVED.matcher(property.getValue()).find())
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
        unresolved.ifPresent(key -> LOG.warn(
                "{} still names a config provider, which this worker does not have. PostgreSQL is not asked whether the "
                        + "configuration is right",
                key));
        return unresolved.isPresent();
    }
}
