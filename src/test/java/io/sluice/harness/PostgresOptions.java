package io.sluice.harness;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How an embedded server is run. Settings are those of {@code postgresql.conf}, and win over the harness's own; without
 * a version it is the PostgreSQL that {@code -Dpg} has chosen for the build.
 */
public record PostgresOptions(Map<String, String> settings, Optional<String> version) {

    public PostgresOptions {
        settings = Map.copyOf(settings);
    }

    /** Nothing is forced to disk: quick, and safe enough, since a test server never outlives a crash of the machine. */
    public static PostgresOptions forTests() {
        return new PostgresOptions(Map.of("fsync", "off", "full_page_writes", "off"), Optional.empty());
    }

    /** Every commit reaches the disk, as in production. */
    public static PostgresOptions durable() {
        return new PostgresOptions(Map.of(), Optional.empty());
    }

    /** A server that change data capture can read from. */
    public PostgresOptions withLogicalDecoding() {
        return with("wal_level", "logical");
    }

    public PostgresOptions with(String setting, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(setting, value);
        return new PostgresOptions(more, version);
    }

    /** A server of this version, as zonky numbers its binaries: {@code 14.22.0}. */
    public PostgresOptions withVersion(String binaries) {
        return new PostgresOptions(settings, Optional.of(binaries));
    }
}
