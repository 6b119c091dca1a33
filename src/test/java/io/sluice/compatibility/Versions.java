package io.sluice.compatibility;

import java.util.List;

/** The versions that the plugin is said to run on, each by its last release at the time. */
final class Versions {

    /** Of broker and worker. */
    static final List<String> KAFKA = List.of("3.9.2", "4.0.2", "4.1.2", "4.2.1", "4.3.1");

    /** As zonky numbers the binaries: 14.22.0 is PostgreSQL 14.22. */
    static final List<String> POSTGRES = List.of("14.22.0", "15.19.0", "16.15.0", "17.11.0", "18.6.0");

    /** The Java that broker and worker run on. */
    static final List<Integer> JAVA = List.of(17, 25);

    private Versions() {}

    static String postgresName(String binaries) {
        return binaries.replaceFirst("\\.0$", "");
    }
}
