package io.sluice.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RowTextTest {

    private final FieldKinds kinds = new FieldKinds();

    @Test
    void isTheSameForEqualRows() {
        assertThat(produced("{'b': {'y': 1.50, 'x': [true, null]}, 'a': 'text', 'c': null}"))
                .isEqualTo(stored("{'a': 'text', 'b': {'x': [true, null], 'y': 1.5}}"));
    }

    @Test
    void differsInEveryValue() {
        assertThat(stored("{'a': 1}"))
                .isNotEqualTo(stored("{'a': 2}"))
                .isNotEqualTo(stored("{'a': '1'}"))
                .isNotEqualTo(stored("{'b': 1}"))
                .isNotEqualTo(stored("{'a': 1, 'b': ''}"))
                .isNotEqualTo(stored("{'a': [1]}"));
        assertThat(stored("{'a': 9007199254740993}")).isNotEqualTo(stored("{'a': 9007199254740992}"));
    }

    @Test
    void takesANumberForWhatKafkaMakesOfIt() {
        assertThat(produced("{'a': 0.1000000000000000055}")).isEqualTo(stored("{'a': 0.1}"));
        assertThat(produced("{'a': 9223372036854775808}")).isEqualTo(stored("{'a': -9223372036854775808}"));
    }

    @Test
    void comparesMixedFieldsByWhatTheySay() {
        kinds.add(object("{'a': 1}"));
        kinds.add(object("{'a': 'x'}"));

        assertThat(produced("{'a': 5.0}")).isEqualTo(stored("{'a': '5'}")).isNotEqualTo(stored("{'a': '6'}"));
        assertThat(produced("{'a': {'c': 1, 'b': 2}}")).isEqualTo(stored("{'a': '{\\\"b\\\":2,\\\"c\\\":1}'}"));
        assertThat(produced("{'a': true}")).isEqualTo(stored("{'a': 'true'}"));
    }

    private String produced(String json) {
        return new RowText(kinds).of(NormalForm.produced().row(object(json)));
    }

    private String stored(String json) {
        return new RowText(kinds).of(NormalForm.stored().row(object(json)));
    }

    private static ObjectNode object(String json) {
        return JsonLine.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
