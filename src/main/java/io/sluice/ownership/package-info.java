/** Which partitions are the task's, from when on and from which offset. */
@NullMarked
package io.sluice.ownership;

import org.jspecify.annotations.NullMarked;
