package io.sluice.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/**
 * How to reach PostgreSQL.
 *
 * @param url a {@code jdbc:postgresql:} URL; it may hold secrets and is never printed
 * @param user login role, empty where the URL names it
 * @param password its password, empty where there is none
 * @param driverProperties further properties of pgjdbc, by their names there
 */
public record ConnectionConfig(String url, String user, Password password, Map<String, String> driverProperties) {
    public static final String URL = "connection.url";
    public static final String USER = "connection.user";
    public static final String PASSWORD = "connection.password";

    private static final String TLS_MODE = "sslmode";
    private static final String TLS = "ssl";
    private static final String QUERY_MODE = "preferQueryMode";
    private static final String PREFIX = "connection.";
    private static final Set<String> OWN_KEYS =
            Set.of(URL, USER, PASSWORD, ValidationConfig.TIMEOUT, "connection.username");

    public ConnectionConfig {
        driverProperties = Map.copyOf(driverProperties);
    }

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Connection");
        Setting.required(URL, ConfigDef.Type.STRING)
                .check(JdbcUrl::check)
                .importance(ConfigDef.Importance.HIGH)
                .width(ConfigDef.Width.LONG)
                .define(
                        group,
                        "JDBC URL",
                        "Where PostgreSQL is, as jdbc:postgresql://host:port/database. "
                                + "Several hosts may be named, separated by commas. "
                                + "Put the password into connection.password, not here.");
        Setting.optional(USER, ConfigDef.Type.STRING, "")
                .importance(ConfigDef.Importance.HIGH)
                .define(group, "User", "The role that logs in. Needed unless the URL names it.");
        Setting.optional(PASSWORD, ConfigDef.Type.PASSWORD, "")
                .importance(ConfigDef.Importance.HIGH)
                .define(
                        group,
                        "Password",
                        "The password of the role. Best given through a config provider of the worker. "
                                + "Any other key that starts with connection. is handed to the driver, "
                                + "connection.sslmode for example. Without TLS for sure (sslmode require or stricter) it is never "
                                + "sent in clear text, unless connection.requireAuth says so.");
    }

    static ConnectionConfig from(AbstractConfig config) {
        Map<String, String> properties = new TreeMap<>();
        config.originals().forEach((key, value) -> {
            if (isForTheDriver(key) && value != null) {
                properties.put(key.substring(PREFIX.length()), value.toString());
            }
        });
        return new ConnectionConfig(
                config.getString(URL).trim(), config.getString(USER), config.getPassword(PASSWORD), properties);
    }

    /** Only verify-full finds out whether the server is the one that is meant. */
    static Optional<String> warning(Map<String, String> properties) {
        Map<String, String> inUrl = JdbcUrl.properties(properties.getOrDefault(URL, ""));
        String mode = inUrl.getOrDefault(TLS_MODE, properties.getOrDefault(PREFIX + TLS_MODE, ""));
        String tls = inUrl.getOrDefault(TLS, properties.getOrDefault(PREFIX + TLS, "false"));
        boolean verified = mode.isBlank()
                ? tls.isBlank() || tls.trim().equalsIgnoreCase("true")
                : mode.trim().equalsIgnoreCase("verify-full");
        return verified
                ? Optional.empty()
                : Optional.of(
                        "Whoever can answer in the place of PostgreSQL would not be noticed: connection.sslmode is "
                                + (mode.isBlank() ? "not set" : "not verify-full")
                                + ". Set it to verify-full, with connection.sslrootcert, wherever the network is not trusted.");
    }

    /** Whether the driver is told to use the simple protocol, in which statements have no parameters. */
    static boolean isSimple(Map<String, String> properties) {
        return "simple".equalsIgnoreCase(properties.getOrDefault(PREFIX + QUERY_MODE, ""))
                || properties.getOrDefault(URL, "").contains(QUERY_MODE + "=simple");
    }

    private static boolean isForTheDriver(String key) {
        return key.startsWith(PREFIX) && !OWN_KEYS.contains(key) && !Tolerated.has(key);
    }

    /** Names neither the URL nor a secret. */
    @Override
    public String toString() {
        return "ConnectionConfig[user=" + user + "]";
    }
}
