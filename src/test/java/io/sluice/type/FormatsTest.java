package io.sluice.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.FieldTypes;
import io.sluice.record.SemanticType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

final class FormatsTest {
    private static final Schema MAP = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private final Encoded encoded = Encoded.byDefault();
    private final DefaultLiteral literals = new DefaultLiteral(TypesPage.VALUES);

    @Test
    void bitsTurnTheirBytesRound() {
        FieldType.Bits bits = new FieldType.Bits(12);
        byte[] value = {0b0101_0011, 0b1100};
        assertThat(encoded.bytes(bits, "varbit", value)).containsExactly(0, 0, 0, 12, (byte) 0b1100_0101, 0b0011_0000);
        assertThat(encoded.text(bits, "text", value)).isEqualTo("110001010011");
    }

    @Test
    void bitsThatAColumnHasNoRoomForAreRefused() {
        PgType column = PgType.builtIn("bit").withModifier(3);
        assertThatThrownBy(() -> encoded.bytes(new FieldType.Bits(12), column, new byte[] {8}))
                .isInstanceOf(UnfitValueException.class);
        assertThat(encoded.bytes(new FieldType.Bits(12), column, new byte[] {5}))
                .endsWith((byte) 0b1010_0000);
    }

    @Test
    void onlyThePartOfABufferIsWrittenThatRemains() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
        assertThat(encoded.bytes(Scalar.BYTES, "bytea", buffer.asReadOnlyBuffer()))
                .containsExactly(2, 3);
        assertThat(encoded.bytes(Scalar.BYTES, "bytea", buffer)).containsExactly(2, 3);
        assertThat(buffer.remaining()).isEqualTo(2);
    }

    @Test
    void anHstoreQuotesItsPartsAndKnowsNull() {
        Map<String, String> value = new LinkedHashMap<>();
        value.put("a\"b", "c\\d");
        value.put("n", null);
        Function<Object, String> text =
                Hstore.text(FieldTypes.of(MAP), new TextForms(TypesPage.VALUES)).orElseThrow();
        assertThat(text.apply(value)).isEqualTo("\"a\\\"b\"=>\"c\\\\d\", \"n\"=>NULL");
        Function<Object, String> json =
                Hstore.text(SemanticType.JSON, new TextForms(TypesPage.VALUES)).orElseThrow();
        assertThat(json.apply("{\"a\\\"b\": \"c\\\\d\", \"n\": null}")).isEqualTo(text.apply(value));
        assertThatThrownBy(() -> json.apply("[1]")).isInstanceOf(UnfitValueException.class);
    }

    @Test
    void anArrayTellsItsDimensionsAndTheTypeOfItsElements() {
        FieldType.Array ints = array(array(Scalar.INT32));
        byte[] bytes = encoded.bytes(ints, PgType.builtIn("int4").array(), List.of(Arrays.asList(7, null)));
        assertThat(ByteBuffer.wrap(bytes).asIntBuffer())
                .isEqualTo(java.nio.IntBuffer.wrap(new int[] {2, 1, 23, 1, 1, 2, 1, 4, 7, -1}));
    }

    @Test
    void raggedListsAreRefused() {
        PgType column = PgType.builtIn("int4").array();
        FieldType.Array ints = array(array(Scalar.INT32));
        for (List<?> ragged : List.of(
                List.of(List.of(1), List.of(1, 2)),
                List.of(List.of(), List.of(1)),
                Arrays.asList(List.of(1), null),
                Collections.singletonList(null))) {
            assertThatThrownBy(() -> encoded.bytes(ints, column, ragged)).isInstanceOf(UnfitValueException.class);
        }
        assertThat(encoded.bytes(ints, column, List.of(List.of(), List.of()))).hasSize(12);
    }

    @Test
    void listsWithoutSchemaBecomeArraysOfTheColumnsType() {
        PgType column = PgType.builtIn("int4").array();
        ColumnBinding binding = new ColumnBindings(TypesPage.VALUES)
                .find(Scalar.DOCUMENT, column)
                .orElseThrow();
        assertThat(binding.wireType()).isEqualTo("_text");
        assertThat(binding.cast()).isTrue();
    }

    @Test
    void aGeometryNamesItsReferenceSystem() {
        Schema schema = SchemaBuilder.struct()
                .field("wkb", Schema.BYTES_SCHEMA)
                .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
                .build();
        byte[] point = new byte[21];
        point[0] = 1;
        point[1] = 1;
        String plain = Geometries.ewkb(new Struct(schema).put("wkb", point));
        String located = Geometries.ewkb(new Struct(schema).put("wkb", point).put("srid", 4326));
        assertThat(plain).isEqualTo("0101000000" + "0".repeat(32));
        assertThat(located).isEqualTo("0101000020E6100000" + "0".repeat(32));
    }

    @Test
    void numbersThatAFloatCannotHoldAreRefused() {
        for (Object number : List.of(1e300, 1e-300)) {
            assertThatThrownBy(() -> encoded.bytes(Scalar.FLOAT64, "float4", number))
                    .isInstanceOf(UnfitValueException.class);
        }
        assertThatThrownBy(() -> encoded.bytes(new FieldType.Decimal(0, 0), "float8", new BigDecimal("1e400")))
                .isInstanceOf(UnfitValueException.class);
    }

    @Test
    void aTextOfMillionsOfDigitsIsRefusedAtOnce() {
        assertThatThrownBy(() -> encoded.bytes(Scalar.STRING, "numeric", "9".repeat(10_000_000)))
                .isInstanceOf(UnfitValueException.class);
        assertThatThrownBy(() -> encoded.bytes(Scalar.STRING, "int8", "1e999999999"))
                .isInstanceOf(UnfitValueException.class);
        assertThatThrownBy(() -> encoded.bytes(new FieldType.Decimal(0, 0), "text", new BigDecimal("1e999999999")))
                .isInstanceOf(UnfitValueException.class);
    }

    @Test
    void aNumberOfFewBytesStaysSmallWhateverItsExponent() {
        Encoded encoded = Encoded.byDefault();
        BigDecimal huge = new BigDecimal("-12e131070");

        // Two digits of base 10,000 at most, after four words.
        assertThat(encoded.bytes(new FieldType.Decimal(-131_070, 0), "numeric", huge))
                .hasSizeLessThanOrEqualTo(12)
                .isEqualTo(encoded.bytes(new FieldType.Decimal(0, 0), "numeric", huge.setScale(0)));
        assertThat(encoded.text(new FieldType.Decimal(-131_070, 0), "json", huge))
                .isEqualTo("-1.2E+131071");
        assertThat(encoded.text(new FieldType.Decimal(-1_000, 0), "json", new BigDecimal("1e1000")))
                .isEqualTo("1" + "0".repeat(1_000));
        assertThat(encoded.bytes(FieldType.Scalar.NUMBER, "numeric", new BigDecimal("0e1000000000")))
                .hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void bitsOfALengthThatNoRowHoldsAreRefusedAtOnce() {
        FieldType.Bits field = new FieldType.Bits(Integer.MAX_VALUE - 1);

        for (String column : List.of("text", "varbit")) {
            assertThatThrownBy(() -> Encoded.byDefault().bytes(field, column, new byte[] {1}))
                    .isInstanceOf(UnfitValueException.class)
                    .hasMessageContaining("the row takes more than");
        }
    }

    @Test
    void defaultsAreLiteralsThatNothingEscapesFrom() {
        assertThat(literals.of(Scalar.STRING, "text", "'; DROP TABLE t; --")).contains("'''; DROP TABLE t; --'");
        assertThat(literals.of(Scalar.STRING, "text", "\\'; DROP TABLE t; --")).contains("E'\\\\''; DROP TABLE t; --'");
        assertThat(literals.of(Scalar.BYTES, "bytea", new byte[] {0, 10})).contains("E'\\\\x000a'");
        assertThat(literals.of(array(Scalar.STRING), "text[]", Arrays.asList("a\"b", null)))
                .contains("E'{\"a\\\\\"b\",NULL}'");
        assertThat(literals.of(SemanticType.DATE, "date", -1_000_000)).contains("'0769-02-04 BC'");
        assertThat(literals.of(SemanticType.DATE, "date", 10_000_000)).contains("'29349-01-26'");
        assertThat(literals.of(Scalar.STRING, "text", "\0")).isEmpty();
    }

    private static FieldType.Array array(FieldType element) {
        return new FieldType.Array(
                element, SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).build());
    }
}
