/** Tests of who owns a partition. */
@NullMarked
package io.sluice.ownership;

import org.jspecify.annotations.NullMarked;
