/** What a lane writes in one transaction: encoded rows, grouped by statement, reduced to the last change of each key. */
@NullMarked
package io.sluice.batch;

import org.jspecify.annotations.NullMarked;
