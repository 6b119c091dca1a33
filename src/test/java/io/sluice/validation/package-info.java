/** Tests of validation against real servers. */
@NullMarked
package io.sluice.validation;

import org.jspecify.annotations.NullMarked;
