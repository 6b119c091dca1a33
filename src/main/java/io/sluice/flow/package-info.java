/** When partitions pause and resume. */
@NullMarked
package io.sluice.flow;

import org.jspecify.annotations.NullMarked;
