package io.sluice.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Held back partitions in a flight recording. */
@Name("io.sluice.Pause")
@Label("Pause")
@Category("Sluice")
@Description("Partitions were held back")
@StackTrace(false)
final class PauseEvent extends Event {
    @Label("Task")
    String task = "";

    @Label("Cause")
    String cause = "";

    @Label("Most Partitions")
    int partitions;
}
