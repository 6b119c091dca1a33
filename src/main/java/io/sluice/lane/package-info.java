/** The threads that write: routing, queues, retries and the search for a bad record. */
@NullMarked
package io.sluice.lane;

import org.jspecify.annotations.NullMarked;
