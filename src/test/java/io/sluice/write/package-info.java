/** Tests of the ways in which rows get to PostgreSQL. */
@NullMarked
package io.sluice.write;

import org.jspecify.annotations.NullMarked;
