/**
 * What the benchmark installs into a worker: converters that cost next to nothing and tell when they were first and last
 * called, and a sink that drops everything. It is packed into a jar of its own for each run and depends on nothing but
 * Connect.
 */
@NullMarked
package io.sluice.benchmark.plugin;

import org.jspecify.annotations.NullMarked;
