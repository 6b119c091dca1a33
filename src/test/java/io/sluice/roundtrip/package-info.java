/** Random schemas and values, through decoder, catalog, encoder and writer into PostgreSQL, and back. */
@NullMarked
package io.sluice.roundtrip;

import org.jspecify.annotations.NullMarked;
