/** Tests of the package of this name. */
@NullMarked
package io.sluice.metrics;

import org.jspecify.annotations.NullMarked;
