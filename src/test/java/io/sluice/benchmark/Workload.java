package io.sluice.benchmark;

import io.sluice.harness.Scenario;

/** One of the things that the benchmark measures. */
interface Workload {

    String id();

    /** Measures in a scenario of its own, adds what came out to the outcomes, and says what the report is to say of it. */
    Section run(Rig rig, Scenario scenario, Outcomes outcomes);
}
