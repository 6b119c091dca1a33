/** Notices early that a task is not as it was, and asks PostgreSQL why. */
@NullMarked
package io.sluice.watch;

import org.jspecify.annotations.NullMarked;
