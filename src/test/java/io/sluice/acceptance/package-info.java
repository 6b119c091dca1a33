/** What users see: configurations and records on one side, rows and error texts on the other. */
@NullMarked
package io.sluice.acceptance;

import org.jspecify.annotations.NullMarked;
