/** The tables: their names, what the catalog says of them, and how they are created and evolved. */
@NullMarked
package io.sluice.table;

import org.jspecify.annotations.NullMarked;
