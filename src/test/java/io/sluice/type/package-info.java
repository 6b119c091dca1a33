/** Tests of the package of this name. */
@NullMarked
package io.sluice.type;

import org.jspecify.annotations.NullMarked;
