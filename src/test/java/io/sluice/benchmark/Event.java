package io.sluice.benchmark;

/** One change of one row. The number of the change is {@code seq}. */
record Event(long id, long seq, Operation operation) {

    /** Whether a table that takes no negative keys refuses it. */
    boolean isRefused() {
        return id < 0;
    }

    enum Operation {
        CREATE('c'),
        UPDATE('u'),
        DELETE('d');

        private final char letter;

        Operation(char letter) {
            this.letter = letter;
        }

        char letter() {
            return letter;
        }
    }
}
