package io.sluice.type;

import io.sluice.config.NulCharacters;

/**
 * How text is written.
 *
 * @param nulCharacters what becomes of U+0000, which PostgreSQL cannot store
 */
record TextRule(NulCharacters nulCharacters) {

    /** The text as it is to be stored; one that still holds U+0000 is refused by the row. */
    String clean(String text) {
        if (nulCharacters == NulCharacters.FAIL || text.indexOf('\0') < 0) {
            return text;
        }
        return text.replace("\0", replacementOrFail());
    }

    /**
     * What stands in for U+0000.
     *
     * @throws UnfitValueException where it is refused
     */
    String replacementOrFail() {
        return switch (nulCharacters) {
            case FAIL ->
                throw new UnfitValueException(
                        "the text holds the character U+0000, which PostgreSQL cannot store",
                        "Set nul.characters to strip or replace, or remove the character in the producer");
            case STRIP -> "";
            case REPLACE -> "\uFFFD";
        };
    }

    /** Writes the text as one field. */
    void field(String text, RowBuffer out) {
        out.textField(clean(text));
    }
}
