/** How a batch reaches PostgreSQL: sessions, statements and their order in the transaction. */
@NullMarked
package io.sluice.write;

import org.jspecify.annotations.NullMarked;
