package io.sluice.table;

import io.sluice.config.NameStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The written form of a table's name, taken apart once. What a placeholder stands for is a name and nothing but: a quote
 * in it is a character like any other, and only its dots may separate.
 */
final class NameTemplate {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final int MOST_PARTS = 2;

    private final String format;
    private final boolean normalize;
    private final List<Piece> pieces = new ArrayList<>();
    private final boolean ofTopic;

    /** A part of the format: its own text, or a placeholder; in quotes its dots are a part of the name. */
    private record Piece(String text, Optional<Placeholder> placeholder, boolean quoted) {}

    NameTemplate(String format, NameStyle style) {
        this.format = format;
        this.normalize = style.normalize();
        Matcher placeholders = PLACEHOLDER.matcher(format);
        boolean quoted = false;
        int end = 0;
        while (placeholders.find()) {
            quoted = addText(format.substring(end, placeholders.start()), quoted);
            pieces.add(new Piece("", Optional.of(Placeholder.parse(placeholders.group(1))), quoted));
            end = placeholders.end();
        }
        addText(format.substring(end), quoted);
        this.ofTopic = pieces.stream()
                .allMatch(
                        piece -> piece.placeholder().map(Placeholder::isOfTopic).orElse(true));
    }

    /** The schema that the format's own text names, empty for that of the search path; nothing where a placeholder may name it. */
    Optional<String> schema() {
        StringBuilder before = new StringBuilder();
        boolean literal = true;
        for (Piece piece : pieces) {
            int dot = piece.quoted() ? -1 : piece.text().indexOf('.');
            if (dot >= 0) {
                before.append(piece.text(), 0, dot);
                return literal ? Optional.of(before.toString()) : Optional.empty();
            }
            before.append(piece.text());
            literal &= piece.placeholder().isEmpty();
        }
        return Optional.of("");
    }

    /** Cuts the format's own text at its quotes; inside them a doubled quote is one quote. */
    private boolean addText(String text, boolean quotedBefore) {
        boolean quoted = quotedBefore;
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '"') {
                piece.append(c);
            } else if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                piece.append(c);
                i++;
            } else {
                pieces.add(new Piece(piece.toString(), Optional.empty(), quoted));
                piece.setLength(0);
                quoted = !quoted;
            }
        }
        pieces.add(new Piece(piece.toString(), Optional.empty(), quoted));
        return quoted;
    }

    String format() {
        return format;
    }

    /** Whether the name depends on the topic alone. */
    boolean isOfTopic() {
        return ofTopic;
    }

    /** What the placeholders stand for, in their order; empty where the record does not say. */
    Optional<List<String>> values(SinkRecord record) {
        List<String> values = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.placeholder().isPresent()) {
                Optional<String> value = piece.placeholder().get().value(record);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                values.add(normalize ? value.get().replaceAll("[^A-Za-z0-9_]", "_") : value.get());
            }
        }
        return Optional.of(values);
    }

    /** The parts of the name; where the placeholders' dots would make them more than two, those become underscores. */
    List<String> parts(List<String> values) {
        List<String> parts = split(values);
        return parts.size() > MOST_PARTS
                ? split(values.stream().map(value -> value.replace('.', '_')).toList())
                : parts;
    }

    private List<String> split(List<String> values) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int next = 0;
        for (Piece piece : pieces) {
            String text = piece.placeholder().isPresent() ? values.get(next++) : piece.text();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '.' && !piece.quoted()) {
                    parts.add(part.toString());
                    part.setLength(0);
                } else {
                    part.append(c);
                }
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
