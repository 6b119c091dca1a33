package io.sluice.type;

/** A value does not fit its column. Neither the message nor the remedy quotes the value. */
public final class UnfitValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public UnfitValueException(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    /** What to do about it, as a sentence without its full stop. */
    public String remedy() {
        return remedy;
    }
}
