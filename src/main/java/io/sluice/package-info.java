/** The connector and its task, and the one place that wires a running pipeline. */
@NullMarked
package io.sluice;

import org.jspecify.annotations.NullMarked;
