/** Configurations of other connectors, run as they are. */
@NullMarked
package io.sluice.migration;

import org.jspecify.annotations.NullMarked;
