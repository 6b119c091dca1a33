package io.sluice.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A changed table in a flight recording. */
@Name("io.sluice.Ddl")
@Label("DDL Step")
@Category("Sluice")
@Description("A table was created or changed")
@StackTrace(false)
final class DdlEvent extends Event {
    @Label("Task")
    String task = "";

    @Label("Step")
    String step = "";
}
