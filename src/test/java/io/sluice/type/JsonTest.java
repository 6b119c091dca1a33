package io.sluice.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.NulCharacters;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.FieldTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    private final Encoded encoded = Encoded.byDefault();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-0.5e+10",
                " [ ] ",
                "{}",
                "\"\\u00e9\\ud83d\\ude00\\\\\\/\"",
                "null",
                "[[],{\"a\":[{}]},true]",
                "{\"a\":1,\"a\":2}",
                "\"\u007f\""
            })
    void takesWhatPostgresqlTakes(String json) {
        assertThat(encoded.text(Scalar.STRING, "json", json)).isEqualTo(json);
        assertThat(encoded.bytes(Scalar.STRING, "jsonb", json)[0]).isEqualTo((byte) 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "01",
                "1.",
                ".5",
                "+1",
                "NaN",
                "Infinity",
                "'a'",
                "[1,]",
                "{\"a\"}",
                "{a:1}",
                "{\"a\":1,}",
                "[1",
                "1 2",
                "\"\n\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "tru",
                "[}",
                "{]",
                "\"",
                "\\",
                "\u00a01"
            })
    void refusesWhatPostgresqlRefuses(String json) {
        assertThatThrownBy(() -> encoded.bytes(Scalar.STRING, "jsonb", json))
                .isInstanceOf(UnfitValueException.class)
                .hasMessageContaining("not JSON");
    }

    @Test
    void aTextThatIsNestedWithoutEndIsAnErrorOfItsOwn() {
        String deep = "[".repeat(1_000_000);
        assertThatThrownBy(() -> encoded.bytes(Scalar.STRING, "jsonb", deep))
                .isInstanceOf(UnfitValueException.class)
                .hasMessageContaining("levels deep");
    }

    @Test
    void mapsNestedAThousandDeepAreWrittenAndDeeperOnesRefused() {
        Object value = nested(1_000);
        assertThat(encoded.text(Scalar.DOCUMENT, "json", value))
                .startsWith("{\"a\":{\"a\":")
                .endsWith("}}}");
        assertThatThrownBy(() -> encoded.bytes(Scalar.DOCUMENT, "json", nested(1_001)))
                .isInstanceOf(UnfitValueException.class)
                .hasMessageContaining("levels deep");
    }

    @Test
    void escapesOfWhatJsonbCannotStoreAreRefusedThereAlone() {
        assertThat(encoded.text(Scalar.STRING, "json", "\"\\u0000\\ud800\"")).isEqualTo("\"\\u0000\\ud800\"");
        assertThatThrownBy(() -> encoded.bytes(Scalar.STRING, "jsonb", "\"\\u0000\""))
                .isInstanceOf(UnfitValueException.class);
        assertThatThrownBy(() -> encoded.bytes(Scalar.STRING, "jsonb", "\"\\udc00\\ud800\""))
                .isInstanceOf(UnfitValueException.class);
        assertThat(encoded.text(Scalar.STRING, "jsonb", "\"\\\\u0000\"")).isEqualTo("\u0001\"\\\\u0000\"");
    }

    @Test
    void zeroCharactersAreStrippedOrReplacedWhereverTheyAre() {
        Encoded strip = Encoded.with(NulCharacters.STRIP);
        Encoded replace = Encoded.with(NulCharacters.REPLACE);
        assertThat(strip.text(Scalar.STRING, "text", "a\0b")).isEqualTo("ab");
        assertThat(replace.text(Scalar.STRING, "text", "a\0b")).isEqualTo("a\uFFFDb");
        assertThat(replace.text(Scalar.STRING, "jsonb", "[\"\\u0000\\\\u0000\"]"))
                .isEqualTo("\u0001[\"\uFFFD\\\\u0000\"]");
        assertThat(strip.text(Scalar.DOCUMENT, "json", Map.of("k\0", List.of("\0"))))
                .isEqualTo("{\"k\":[\"\"]}");
        assertThatThrownBy(() -> encoded.bytes(Scalar.DOCUMENT, "json", List.of("\0")))
                .isInstanceOf(UnfitValueException.class)
                .hasMessageContaining("U+0000");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void aNestedNumberThatIsNoneIsRefused(double number) {
        assertThatThrownBy(() -> encoded.bytes(Scalar.DOCUMENT, "jsonb", List.of(number)))
                .isInstanceOf(UnfitValueException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void halfACharacterIsRefused() {
        assertThatThrownBy(() -> encoded.bytes(Scalar.DOCUMENT, "jsonb", List.of("x\ud83d")))
                .isInstanceOf(UnfitValueException.class)
                .hasMessageContaining("surrogate");
    }

    @Test
    void nestedDatesAreWrittenAsDates() {
        Schema schema = SchemaBuilder.struct()
                .field(
                        "day",
                        SchemaBuilder.int32().name("io.debezium.time.Date").build())
                .field(
                        "at",
                        SchemaBuilder.int64()
                                .name("io.debezium.time.MicroTimestamp")
                                .build())
                .field(
                        "doc",
                        SchemaBuilder.string().name("io.debezium.data.Json").build())
                .build();
        Struct value = new Struct(schema).put("day", 20_000).put("at", 1L).put("doc", "{\"a\":1}");
        assertThat(encoded.text(FieldTypes.of(schema), "json", value))
                .isEqualTo("{\"day\":\"2024-10-04\",\"at\":\"1970-01-01T00:00:00.000001\",\"doc\":{\"a\":1}}");
    }

    private static Object nested(int levels) {
        Object value = Map.of();
        for (int i = 1; i < levels; i++) {
            value = Map.of("a", value);
        }
        return new ArrayList<>(List.of(value)).get(0);
    }
}
