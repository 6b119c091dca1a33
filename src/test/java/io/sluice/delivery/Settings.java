package io.sluice.delivery;

import java.util.LinkedHashMap;
import java.util.Map;

/** Configurations put together. */
final class Settings {
    private Settings() {}

    /** All of them; where two say different things, the later one counts. */
    @SafeVarargs
    static Map<String, String> of(Map<String, String>... parts) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Map<String, String> part : parts) {
            all.putAll(part);
        }
        return all;
    }
}
