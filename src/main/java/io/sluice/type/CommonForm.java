package io.sluice.type;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * The form that nearly all texts have which go into a column of another type. PostgreSQL reads texts of that form the same
 * way whatever its settings are, so they can be sent as values of the column's type; all others it has to cast.
 *
 * @param takes whether a value has the form
 * @param codec writes values that have it
 * @param wireType the type in SQL that the codec writes, which is the column's
 */
public record CommonForm(Predicate<Object> takes, ColumnCodec codec, String wireType) {

    /** The form of texts for a column of that type; empty where there is none. */
    static Optional<CommonForm> of(String column) {
        return switch (column) {
            case "date" ->
                form(
                        column,
                        text -> IsoForm.of(text) == IsoForm.DATE,
                        (value, out) -> out.int32Field(
                                (int) IsoText.parse((String) value).date()));
            // The offset of a text does not count there.
            case "timestamp" ->
                form(
                        column,
                        text -> IsoForm.of(text).hasTime(),
                        (value, out) ->
                                out.int64Field(IsoText.parse((String) value).local()));
            // Without an offset the text is of the session's time zone.
            case "timestamptz" ->
                form(
                        column,
                        text -> IsoForm.of(text) == IsoForm.INSTANT,
                        (value, out) ->
                                out.int64Field(IsoText.parse((String) value).instant()));
            default -> Optional.empty();
        };
    }

    private static Optional<CommonForm> form(String wireType, Predicate<String> takes, ColumnCodec codec) {
        return Optional.of(new CommonForm(value -> value instanceof String text && takes.test(text), codec, wireType));
    }
}
