package io.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version that the build wrote into the archive. */
final class Version {
    private static final String UNKNOWN = "unknown";

    private Version() {}

    static String current() {
        // Connect asks every plugin for its version when a worker starts: it must not fail for that.
        try (InputStream resource = Version.class.getResourceAsStream("sluice-version.properties")) {
            if (resource == null) {
                return UNKNOWN;
            }
            Properties properties = new Properties();
            properties.load(resource);
            return properties.getProperty("version", UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
