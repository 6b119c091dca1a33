package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

final class FlowConfigTest {
    @Test
    void letsWaitingRecordsTakeNoMoreThanASixteenthOfASmallHeap() {
        assertThat(FlowConfig.usualBytes(256L << 20)).isEqualTo(16L << 20);
        assertThat(FlowConfig.usualBytes(4L << 30)).isEqualTo(64L << 20);
        assertThat(flow(Map.of()).maxBytes())
                .isEqualTo(FlowConfig.usualBytes(Runtime.getRuntime().maxMemory()));
    }

    @Test
    void takesWhatItIsTold() {
        assertThat(flow(Map.of("buffer.max.bytes", "1000000000000")).maxBytes()).isEqualTo(1_000_000_000_000L);
    }

    private static FlowConfig flow(Map<String, String> settings) {
        ConfigDef definition = new ConfigDef();
        FlowConfig.define(definition);
        return FlowConfig.from(new AbstractConfig(definition, settings, false));
    }
}
