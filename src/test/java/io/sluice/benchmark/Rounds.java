package io.sluice.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs that take turns: each contender gets warm, and then each is measured once, and again, and again. */
final class Rounds {

    private Rounds() {}

    /** Adds all measurements to the outcomes, and returns what there is to say of the contenders' set-ups. */
    static Map<String, String> run(Rig rig, String workload, List<Runner> runners, int repetitions, Outcomes outcomes) {
        Map<String, String> remarks = new LinkedHashMap<>();
        try {
            runners.forEach(Runner::warmUp);
            runners.forEach(runner -> remarks.put(runner.name(), runner.remark()));
            for (int repetition = 1; repetition <= repetitions; repetition++) {
                for (Runner runner : runners) {
                    Measurement measurement = runner.measure();
                    outcomes.add(workload, runner.name(), measurement);
                    Progress.show(rig.out(), workload, repetition, runner.name(), measurement);
                }
            }
            return remarks;
        } finally {
            runners.forEach(Runner::close);
        }
    }
}
