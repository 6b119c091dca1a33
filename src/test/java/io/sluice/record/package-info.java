/** Tests of the package of this name. */
@NullMarked
package io.sluice.record;

import org.jspecify.annotations.NullMarked;
