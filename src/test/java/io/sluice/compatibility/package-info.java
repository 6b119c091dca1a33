/**
 * The few things that have to work wherever the plugin is said to run, tried on each version of Kafka Connect, PostgreSQL
 * and Java that it is said to run on: {@code mvn -Pmatrix}.
 */
@NullMarked
package io.sluice.compatibility;

import org.jspecify.annotations.NullMarked;
