/** What arrives in PostgreSQL, whatever happens on the way. */
@NullMarked
package io.sluice.delivery;

import org.jspecify.annotations.NullMarked;
