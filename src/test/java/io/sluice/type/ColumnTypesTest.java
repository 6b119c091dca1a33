package io.sluice.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.record.ColumnHint;
import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import io.sluice.record.SemanticType;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnTypesTest {
    private static final ExtensionTypes EXTENSIONS =
            new ExtensionTypes(Map.of("citext", "extensions.citext", "vector", "vector"));

    private final ColumnTypes types = new ColumnTypes(EXTENSIONS);

    @Test
    void aDecimalWithoutPrecisionIsANumericWithoutLimit() {
        assertThat(types.forField(new FieldType.Decimal(0, 0), ColumnHint.NONE)).contains("numeric");
        assertThat(types.forField(new FieldType.Decimal(-3, 5), ColumnHint.NONE))
                .contains("numeric");
        assertThat(types.forField(new FieldType.Decimal(2, 12), ColumnHint.NONE))
                .contains("numeric(12,2)");
        assertThat(types.forField(new FieldType.Decimal(2, 131_089), ColumnHint.NONE))
                .contains("numeric");
    }

    @Test
    void aSourceTypeCountsOnlyWhereItIsKnownAndFits() {
        assertThat(types.forField(Scalar.STRING, source("INET", -1))).contains("inet");
        assertThat(types.forField(Scalar.STRING, source("CITEXT", -1))).contains("extensions.citext");
        assertThat(types.forField(Scalar.STRING, source("LTREE", -1))).contains("text");
        assertThat(types.forField(Scalar.STRING, source("VARCHAR", 20))).contains("varchar(20)");
        assertThat(types.forField(Scalar.STRING, source("VARCHAR", Integer.MAX_VALUE)))
                .contains("text");
        assertThat(types.forField(Scalar.INT32, source("INET", -1))).contains("integer");
        assertThat(types.forField(SemanticType.DOUBLE_VECTOR, source("VECTOR", 3)))
                .contains("vector(3)");
    }

    @Test
    void aSourceTypeIsNeverTextOfSql() {
        assertThat(types.forField(Scalar.STRING, source("TEXT); DROP TABLE T; --", 5)))
                .contains("text");
    }

    @ParameterizedTest
    @CsvSource({
        "INT32, int2, integer",
        "INT64, int4, bigint",
        "FLOAT64, int4, double precision",
        "FLOAT64, int8, numeric",
        "FLOAT64, float4, double precision",
        "STRING, int4, text",
        "DOCUMENT, numeric, text",
        "NUMBER, bool, text",
    })
    void aColumnThatIsTooNarrowIsWidened(Scalar field, String column, String wider) {
        assertThat(Widening.find(field, ColumnHint.NONE, PgType.builtIn(column)))
                .contains(wider);
    }

    @ParameterizedTest
    @CsvSource({
        "INT16, int2",
        "INT32, int8",
        "INTEGER, int4",
        "STRING, varchar",
        "STRING, uuid",
        "TIMESTAMP, date",
        "NULL, int4",
        "FLOAT32, float4",
        "FLOAT64, numeric",
        "STRING, jsonb"
    })
    void aColumnThatHoldsTheValuesStays(Scalar field, String column) {
        assertThat(Widening.find(field, ColumnHint.NONE, PgType.builtIn(column)))
                .isEmpty();
    }

    @Test
    void limitsAreLiftedOnlyWhereTheFieldIsKnownToNeedMore() {
        PgType varchar = PgType.builtIn("varchar").withModifier(10 + 4);
        assertThat(Widening.find(Scalar.STRING, ColumnHint.NONE, varchar)).contains("text");
        assertThat(Widening.find(Scalar.STRING, source("VARCHAR", 20), varchar)).contains("varchar(20)");
        assertThat(Widening.find(Scalar.STRING, source("VARCHAR", 10), varchar)).isEmpty();
        PgType numeric = PgType.builtIn("numeric").withModifier((10 << 16 | 2) + 4);
        assertThat(Widening.find(new FieldType.Decimal(2, 10), ColumnHint.NONE, numeric))
                .isEmpty();
        assertThat(Widening.find(new FieldType.Decimal(2, 0), ColumnHint.NONE, numeric))
                .isEmpty();
        assertThat(Widening.find(new FieldType.Decimal(3, 0), ColumnHint.NONE, numeric))
                .contains("numeric");
        assertThat(Widening.find(new FieldType.Decimal(2, 11), ColumnHint.NONE, numeric))
                .contains("numeric");
    }

    @Test
    void aDomainIsNotChanged() {
        PgType domain = new PgType("int2", "int2", true, PgType.NO_MODIFIER, true, true, PgType.CATALOG, false, null);
        assertThat(Widening.find(Scalar.INT64, ColumnHint.NONE, domain)).isEqualTo(Optional.empty());
    }

    private static ColumnHint source(String type, int length) {
        return new ColumnHint(type, length, ColumnHint.UNKNOWN, null, false);
    }
}
