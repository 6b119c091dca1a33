package io.sluice.record;

/**
 * A record cannot become a row. The message says why, without any value of the record, and the remedy what to do;
 * whoever knows the record's origin adds it.
 */
public final class RecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public RecordException(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    /** What to do about it, as a sentence without its full stop. */
    public String remedy() {
        return remedy;
    }
}
