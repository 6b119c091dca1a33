package io.sluice.config;

/**
 * Gives a field's column another name.
 *
 * @param topic the topic, empty for every topic
 * @param from the field's name
 * @param to the column's name
 */
public record FieldRename(String topic, String from, String to) {

    /** Reads {@code old:new} or {@code topic:old:new}, which {@link FieldLists#checkRenames} has let pass. */
    static FieldRename parse(String text) {
        String[] parts = text.split(":", -1);
        return parts.length == 2
                ? new FieldRename("", parts[0].trim(), parts[1].trim())
                : new FieldRename(parts[0].trim(), parts[1].trim(), parts[2].trim());
    }
}
