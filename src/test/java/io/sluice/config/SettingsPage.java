package io.sluice.config;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The reference page of the settings, out of their definitions. */
final class SettingsPage {
    private static final Pattern RANGE = Pattern.compile("\\[(-?\\d+),\\.\\.\\.(?:,(-?\\d+))?]");

    private final ConfigDef definition = SinkConfig.definition();
    private final StringBuilder page = new StringBuilder();

    static String write() {
        SettingsPage settings = new SettingsPage();
        settings.introduction();
        settings.definition.groups().forEach(settings::group);
        settings.driverProperties();
        settings.aliases();
        settings.tolerated();
        return settings.page.toString();
    }

    private void introduction() {
        page.append("""
                # Settings

                This page is written by a test out of the definitions in the code; change it there. What another sink's
                configuration becomes here is on [the migration page](migrating.md).

                The smallest configuration names the connector, its topics and `connection.url`. Words among the values may be
                in upper or lower case. Durations are in milliseconds and end with `.ms`, sizes are in bytes and end with
                `.bytes`. Lists are separated by commas. Connect's validation reports every mistake at once, each on its own
                setting, and refuses a setting that looks like a slip of the pen.
                """);
    }

    private void group(String group) {
        page.append("\n## ").append(group).append("\n\n| setting | meaning | default | values |\n|---|---|---|---|\n");
        definition.configKeys().values().stream()
                .filter(key -> group.equals(key.group))
                .forEach(this::row);
    }

    private void row(ConfigKey key) {
        List<String> names = Aliases.namesOf(key.name);
        String also = names.isEmpty()
                ? ""
                : "<br>also " + names.stream().map(SettingsPage::code).collect(Collectors.joining(", "));
        page.append("| <a id=\"")
                .append(key.name)
                .append("\"></a>")
                .append(code(key.name))
                .append(also)
                .append(" | ")
                .append(text(key.documentation))
                .append(" | ")
                .append(defaultOf(key))
                .append(" | ")
                .append(valuesOf(key))
                .append(" |\n");
    }

    private static String defaultOf(ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        String value = key.type == ConfigDef.Type.PASSWORD ? "" : ConfigDef.convertToString(key.defaultValue, key.type);
        return value.isEmpty() ? "empty" : code(value);
    }

    private static String valuesOf(ConfigKey key) {
        List<Object> choices = key.recommender.validValues(key.name, Map.of());
        if (!choices.isEmpty()) {
            return choices.stream().map(choice -> code(choice.toString())).collect(Collectors.joining(", "));
        }
        Matcher range = RANGE.matcher(String.valueOf(key.validator));
        if (range.matches()) {
            return range.group(2) == null ? "from " + range.group(1) : range.group(1) + " to " + range.group(2);
        }
        return switch (key.type) {
            case BOOLEAN -> code("true") + ", " + code("false");
            case LIST -> "a list";
            case PASSWORD -> "a secret";
            default -> "a text";
        };
    }

    private void driverProperties() {
        page.append("""

                ## Properties of the driver

                Any other setting that starts with `connection.` is handed to pgjdbc under the rest of its name:
                `connection.sslmode`, `connection.sslrootcert`, `connection.targetServerType` and so on. The spelling counts,
                also upper and lower case.
                """);
    }

    private void aliases() {
        page.append("""

                ## Values of other connectors

                Beside the names in the tables above, these values are understood.

                | setting | value | means |
                |---|---|---|
                """);
        Aliases.all().stream()
                .filter(alias -> !alias.words().isEmpty())
                .forEach(alias -> alias.words().keySet().stream()
                        .sorted()
                        .forEach(word -> page.append("| ")
                                .append(code(alias.name()))
                                .append(" | ")
                                .append(code(word))
                                .append(" | ")
                                .append(alias.keys().stream()
                                        .map(key -> code(key + "=" + alias.translate(word)))
                                        .collect(Collectors.joining(", ")))
                                .append(" |\n")));
    }

    private void tolerated() {
        page.append("""

                ## Settings of other connectors that change nothing

                They are accepted, with a line in the log when the connector starts. A name that ends with a dot stands for all
                that start with it.

                | setting | why it is not needed |
                |---|---|
                """);
        Tolerated.rules()
                .forEach(rule -> page.append("| ")
                        .append(code(rule.name()))
                        .append(" | ")
                        .append(text(rule.reason()))
                        .append(rule.remedy().isEmpty() ? "" : "; a value that asks for something else is an error")
                        .append(" |\n"));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String text(String text) {
        return text.replace("|", "\\|");
    }
}
