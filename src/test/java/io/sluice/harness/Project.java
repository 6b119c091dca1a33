package io.sluice.harness;

import java.nio.file.Path;
import java.util.Optional;

/** Where things lie in the checkout, and what the build tells through system properties. */
final class Project {

    private Project() {}

    /** The checkout: Maven's {@code basedir}, or else the working directory. */
    static Path root() {
        return Path.of(setting("basedir").orElse("")).toAbsolutePath();
    }

    static Path target() {
        return setting("project.build.directory").map(Path::of).orElseGet(() -> root().resolve("target"));
    }

    /** Broker and worker definitions: the distribution's POM and the logging configurations. */
    static Path kafkaFiles() {
        return root().resolve("src/test/kafka");
    }

    static Optional<String> setting(String systemProperty) {
        return Optional.ofNullable(System.getProperty(systemProperty)).filter(value -> !value.isBlank());
    }
}
