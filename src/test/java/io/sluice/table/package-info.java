/** Tests of the package of this name. */
@NullMarked
package io.sluice.table;

import org.jspecify.annotations.NullMarked;
