/** Tests of the package of this name. */
@NullMarked
package io.sluice.lane;

import org.jspecify.annotations.NullMarked;
