/** Tests of the package of this name. */
@NullMarked
package io.sluice.failure;

import org.jspecify.annotations.NullMarked;
