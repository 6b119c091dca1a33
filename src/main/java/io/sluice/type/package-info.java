/** PostgreSQL's types: which column type a field gets, and how its values look on the wire. */
@NullMarked
package io.sluice.type;

import org.jspecify.annotations.NullMarked;
