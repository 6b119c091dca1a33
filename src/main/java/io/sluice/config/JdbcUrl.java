package io.sluice.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The written form of pgjdbc's URLs. The URL itself stays out of all messages: it may carry a password. */
final class JdbcUrl {
    private static final String START = "jdbc:postgresql:";
    private static final Pattern HOST = Pattern.compile("(\\[[^]]*]|[^:\\[\\]]*)(:[0-9]{1,5})?");
    private static final Pattern END_OF_HOSTS = Pattern.compile("[/?]");

    private JdbcUrl() {}

    static void check(String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        String url = value.toString().trim();
        if (!url.startsWith(START)) {
            throw new ConfigException(key
                    + ": this is not a PostgreSQL JDBC URL. Write it as jdbc:postgresql://host:5432/database;"
                    + " other databases are not supported.");
        }
        String rest = url.substring(START.length());
        if (rest.startsWith("//") && !hasHosts(END_OF_HOSTS.split(rest.substring(2), 2)[0])) {
            throw new ConfigException(key
                    + ": host and port cannot be read. Write it as jdbc:postgresql://host:5432/database, several hosts"
                    + " separated by commas, an IPv6 address in brackets, user and password in connection.user and"
                    + " connection.password.");
        }
    }

    /** The driver's properties in a URL, whose values may be secrets. */
    static Map<String, String> properties(String url) {
        Map<String, String> properties = new LinkedHashMap<>();
        int start = url.indexOf('?');
        String arguments = start < 0 ? "" : url.substring(start + 1);
        for (String argument : arguments.split("&", -1)) {
            String[] parts = argument.split("=", 2);
            if (!parts[0].isEmpty()) {
                properties.put(parts[0].trim(), parts.length > 1 ? decoded(parts[1]) : "");
            }
        }
        return properties;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8).trim();
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static boolean hasHosts(String hosts) {
        return Arrays.stream(hosts.split(",", -1))
                .allMatch(host -> HOST.matcher(host).matches());
    }
}
