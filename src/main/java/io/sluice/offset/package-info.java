/** Which records are durable, and so which offset may be committed. */
@NullMarked
package io.sluice.offset;

import org.jspecify.annotations.NullMarked;
