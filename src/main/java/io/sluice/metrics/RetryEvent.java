package io.sluice.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A retry in a flight recording. */
@Name("io.sluice.Retry")
@Label("Retry")
@Category("Sluice")
@Description("Something failed that may pass, and is tried again")
@StackTrace(false)
final class RetryEvent extends Event {
    @Label("Task")
    String task = "";

    @Label("SQLSTATE")
    String sqlState = "";
}
