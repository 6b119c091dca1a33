/** Tests of the package of this name. */
@NullMarked
package io.sluice.config;

import org.jspecify.annotations.NullMarked;
