package io.sluice.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param records number of order records to produce
 * @param input a file whose lines are produced instead of orders
 * @param ending what happens after the comparison
 * @param configurations the folder of the example configurations
 * @param logs where the servers' logs go
 */
record QuickstartOptions(int records, Optional<Path> input, Ending ending, Path configurations, Path logs) {

    /** What happens after the comparison. */
    enum Ending {
        /** Everything stops and is removed. */
        LEAVE,
        /** Everything goes on until Ctrl-C. */
        STAY
    }

    /** Reads system properties, as Maven hands them on from its command line. */
    static QuickstartOptions from(Function<String, @Nullable String> properties) {
        return new QuickstartOptions(
                records(text(properties, "records").orElse("1000000")),
                text(properties, "input").map(QuickstartOptions::input),
                text(properties, "stay").filter(value -> !value.equals("false")).isPresent()
                        ? Ending.STAY
                        : Ending.LEAVE,
                Path.of(text(properties, "basedir").orElse("")).resolve("config"),
                Path.of(text(properties, "project.build.directory").orElse("target"))
                        .resolve("quickstart"));
    }

    private static Optional<String> text(Function<String, @Nullable String> properties, String name) {
        return Optional.ofNullable(properties.apply(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static int records(String value) {
        try {
            int records = Integer.parseInt(value);
            if (records > 0) {
                return records;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new QuickstartException("-Drecords=" + value + " is not a number of records. Write -Drecords=100000, for"
                + " example; the largest is " + Integer.MAX_VALUE + ".");
    }

    private static Path input(String value) {
        Path file = Path.of(value).toAbsolutePath();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new QuickstartException("-Dinput=" + value + ": there is no file that can be read at " + file + ".");
        }
        return file;
    }
}
