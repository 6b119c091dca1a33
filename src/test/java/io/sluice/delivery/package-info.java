/**
 * What is delivered, and what is committed, while things go wrong: killed and frozen workers, rebalances, databases that
 * are away or locked. No row may be missing and the last value of each key has to be right.
 */
package io.sluice.delivery;
