/** Tests of what a transaction does to a table. */
@NullMarked
package io.sluice.batch;

import org.jspecify.annotations.NullMarked;
