/** Tests of how batches reach PostgreSQL. */
@NullMarked
package io.sluice.write;

import org.jspecify.annotations.NullMarked;
