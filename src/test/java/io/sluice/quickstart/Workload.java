package io.sluice.quickstart;

import io.sluice.harness.Database;
import io.sluice.harness.Message;
import java.util.stream.Stream;

/** What is produced, and how the table has to look then. */
sealed interface Workload permits OrderWorkload, FileWorkload {

    /** The example configuration that fits it. */
    String configuration();

    /** Name of its topic, and so of its table. */
    String topic();

    /** What is about to be produced, in words. */
    String announcement();

    /** The records, made up as they are taken. Can be asked for once. */
    Stream<Message> messages();

    /** What has been produced, in words. */
    String summary();

    /** Compares the table with what has been produced. */
    Comparison compare(Database database, String table);
}
