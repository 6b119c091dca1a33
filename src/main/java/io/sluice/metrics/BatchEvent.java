package io.sluice.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A transaction in a flight recording. */
@Name("io.sluice.Batch")
@Label("Batch")
@Category("Sluice")
@Description("A transaction, from when its lane had a connection and a turn until it was committed")
@StackTrace(false)
final class BatchEvent extends Event {
    @Label("Task")
    String task = "";

    @Label("Lane")
    int lane;

    @Label("First Table")
    String table = "";

    @Label("Process of PostgreSQL")
    int backendPid;

    @Label("Records")
    int records;

    @Label("Rows")
    int rows;

    @Label("Rows Deleted")
    int deletes;

    @Label("Bytes")
    long bytes;

    @Label("Most Rows")
    int limit;
}
