/** Which records are durable, kept in PostgreSQL beside their rows, and who may write them. */
@NullMarked
package io.sluice.ledger;

import org.jspecify.annotations.NullMarked;
