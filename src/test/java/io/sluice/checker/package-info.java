/**
 * Proves what is promised: produces numbered records, breaks things at random, and looks whether each record had the effect
 * that its guarantee says. A short run is a test; {@code mvn -Pchaos} runs for as long as it is told to.
 */
@NullMarked
package io.sluice.checker;

import org.jspecify.annotations.NullMarked;
