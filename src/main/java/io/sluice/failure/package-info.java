/** What an error means for the record, the lane and the task. */
@NullMarked
package io.sluice.failure;

import org.jspecify.annotations.NullMarked;
