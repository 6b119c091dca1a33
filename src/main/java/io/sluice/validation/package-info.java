/** Checks a configuration against the server and the tables that it names, before the connector starts. */
@NullMarked
package io.sluice.validation;

import org.jspecify.annotations.NullMarked;
