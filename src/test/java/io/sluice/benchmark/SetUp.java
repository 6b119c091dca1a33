package io.sluice.benchmark;

import java.util.HashMap;
import java.util.Map;

/** Settings of a connector, and what is to be said of them. */
record SetUp(String remark, Map<String, String> settings) {

    SetUp {
        settings = Map.copyOf(settings);
    }

    /** The same with further settings, which win. */
    SetUp with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return new SetUp(remark, all);
    }
}
