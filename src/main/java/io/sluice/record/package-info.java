/** What a record becomes inside Sluice: a change with its origin, its shape and its values. */
@NullMarked
package io.sluice.record;

import org.jspecify.annotations.NullMarked;
