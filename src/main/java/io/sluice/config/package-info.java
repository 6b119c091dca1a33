/** The settings: one record per section, their definitions, aliases and cross checks. */
@NullMarked
package io.sluice.config;

import org.jspecify.annotations.NullMarked;
