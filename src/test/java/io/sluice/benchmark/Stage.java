package io.sluice.benchmark;

import io.sluice.harness.Scenario;

/** Where a workload plays: the servers, its own database and topics, and its tables. */
record Stage(Rig rig, Scenario scenario, Tables tables) {}
