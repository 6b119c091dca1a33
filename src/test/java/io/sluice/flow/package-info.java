/** Tests of the package of this name. */
@NullMarked
package io.sluice.flow;

import org.jspecify.annotations.NullMarked;
