package io.sluice.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class KeyHashTest {
    @Test
    void numbersThatAreEqualHaveOneHash() {
        assertThat(Stream.of((byte) 1, 1, 1L, 1.0, 1.0f, new BigDecimal("1.00"), "1", "1.00", " 1", "1e0")
                        .map(KeyHash::of))
                .containsOnly(KeyHash.of(1));
        assertThat(KeyHash.of(-0.0)).isEqualTo(KeyHash.of(0)).isEqualTo(KeyHash.of("0.0"));
    }

    @Test
    void textsThatSomeTypeHoldsForEqualHaveOneHash() {
        UUID uuid = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        assertThat(KeyHash.of("Straße  ")).isEqualTo(KeyHash.of("sTRAßE"));
        assertThat(KeyHash.of(uuid.toString()))
                .isEqualTo(KeyHash.of("{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}"))
                .isEqualTo(KeyHash.of("a0eebc999c0b4ef8bb6d6bb9bd380a11"));
    }

    @Test
    void keysSpread() {
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(i -> KeyHash.of("order-" + i))
                        .distinct())
                .hasSizeGreaterThan(990);
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(i -> KeyHash.of(Integer.toString(i)))
                        .distinct())
                .hasSizeGreaterThan(990);
    }

    @Test
    void whatOnlyLooksLikeANumberHasAHash() {
        assertThat(KeyHash.of("2026-11-22")).isNotEqualTo(KeyHash.of("2026-11-23"));
    }
}
