/**
 * The quickstart: PostgreSQL, a broker and a worker with the packaged connector, a stream of records, and a comparison
 * of the table with what was produced.
 */
@NullMarked
package io.sluice.quickstart;

import org.jspecify.annotations.NullMarked;
