/** What an operator can see of a running task. */
@NullMarked
package io.sluice.metrics;

import org.jspecify.annotations.NullMarked;
