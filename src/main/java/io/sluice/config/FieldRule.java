package io.sluice.config;

/**
 * Names a field of the records of one topic, or of all.
 *
 * @param topic the topic, empty for every topic
 * @param field the field's name
 */
public record FieldRule(String topic, String field) {

    /** Reads {@code field} or {@code topic:field}. A topic's name has no colon, so that what follows the first is the field. */
    static FieldRule parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new FieldRule("", text.trim())
                : new FieldRule(
                        text.substring(0, colon).trim(),
                        text.substring(colon + 1).trim());
    }

    /** Whether there can be a topic that both rules are about. */
    boolean mayMeet(FieldRule other) {
        return topic.isEmpty() || other.topic.isEmpty() || topic.equals(other.topic);
    }
}
