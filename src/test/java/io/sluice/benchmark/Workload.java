package io.sluice.benchmark;

/** One of the things that the benchmark measures. */
interface Workload {

    String id();

    /** Measures, adds what came out to the outcomes, and says what the report is to say of it. */
    Section run(Rig rig, Outcomes outcomes);
}
