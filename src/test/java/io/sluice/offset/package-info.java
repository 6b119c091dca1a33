/** Tests of the package of this name. */
@NullMarked
package io.sluice.offset;

import org.jspecify.annotations.NullMarked;
