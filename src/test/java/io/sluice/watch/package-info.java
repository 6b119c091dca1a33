/** Tests of the package of this name. */
@NullMarked
package io.sluice.watch;

import org.jspecify.annotations.NullMarked;
