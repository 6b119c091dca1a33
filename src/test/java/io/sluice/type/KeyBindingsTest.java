package io.sluice.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.record.FieldType;
import io.sluice.record.FieldType.Scalar;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Keys are compared by their bytes, so what PostgreSQL holds for equal has to have equal bytes, or must say otherwise. */
final class KeyBindingsTest {
    private final KeyBindings keys = new KeyBindings(new ColumnBindings(TypesPage.VALUES));

    @Test
    void blanksBeyondTheLengthOfAVarcharDoNotCount() {
        PgType column = PgType.builtIn("varchar").withModifier(3 + 4);
        assertThat(bytes(Scalar.STRING, column, "ab    ")).isEqualTo(bytes(Scalar.STRING, column, "ab "));
        assertThat(bytes(Scalar.STRING, column, "ab")).isNotEqualTo(bytes(Scalar.STRING, column, "ab "));
        assertThat(find(Scalar.STRING, column).exact()).isTrue();
    }

    @Test
    void textUnderACollationThatHoldsDifferentTextForEqualIsNotExact() {
        PgType column = new PgType("text", "text", true, PgType.NO_MODIFIER, false, false, PgType.CATALOG, false, null);
        assertThat(find(Scalar.STRING, column).exact()).isFalse();
        assertThat(find(Scalar.STRING, PgType.builtIn("text")).exact()).isTrue();
    }

    @Test
    void numbersAreEqualWhateverTheirScale() {
        PgType column = PgType.builtIn("numeric");
        FieldType decimal = new FieldType.Decimal(2, 0);
        assertThat(bytes(decimal, column, new BigDecimal("1.00"))).isEqualTo(bytes(Scalar.STRING, column, "1.0"));
        assertThat(bytes(Scalar.FLOAT64, PgType.builtIn("float8"), -0.0))
                .isEqualTo(bytes(Scalar.FLOAT64, PgType.builtIn("float8"), 0.0));
    }

    @Test
    void numbersAreRoundedAsTheirColumnDoes() {
        PgType column = PgType.builtIn("numeric").withModifier((10 << 16 | 2) + 4);
        byte[] cent = bytes(Scalar.STRING, column, "1.01");
        assertThat(bytes(Scalar.STRING, column, "1.005")).isEqualTo(cent);
        assertThat(bytes(new FieldType.Decimal(9, 4), column, new BigDecimal("1.0149")))
                .isEqualTo(cent);
        assertThat(bytes(Scalar.STRING, column, "-1.005")).isEqualTo(bytes(Scalar.FLOAT64, column, -1.01));
        assertThat(find(Scalar.NUMBER, column).exact()).isTrue();
        assertThat(bytes(Scalar.INT32, PgType.builtIn("numeric").withModifier((5 << 16 | 0x7FE) + 4), 1250))
                .isEqualTo(bytes(Scalar.STRING, PgType.builtIn("numeric"), "13e2"));
    }

    @Test
    void timesThatAColumnRoundsAreNotExact() {
        PgType seconds = PgType.builtIn("timestamp").withModifier(0);
        assertThat(find(Scalar.TIMESTAMP, seconds).exact()).isFalse();
        assertThat(keys.commonForm(Scalar.STRING, seconds)).isEmpty();
        assertThat(find(Scalar.TIMESTAMP, PgType.builtIn("timestamp").withModifier(6))
                        .exact())
                .isTrue();
    }

    @Test
    void labelsOfAnEnumerationAreExact() {
        assertThat(find(Scalar.STRING, new PgType("label", "label", false, -1, false, true, "public", false, null))
                        .exact())
                .isTrue();
    }

    @Test
    void whatPostgresqlCastsIsNotExact() {
        assertThat(find(Scalar.STRING, new PgType("citext", "citext", false, -1, false, false, "public", false, null))
                        .exact())
                .isFalse();
        assertThat(find(Scalar.STRING, PgType.builtIn("interval")).exact()).isFalse();
    }

    private ColumnBinding find(FieldType field, PgType column) {
        return keys.find(field, column).orElseThrow();
    }

    private byte[] bytes(FieldType field, PgType column, Object value) {
        RowBuffer out = new RowBuffer(16);
        find(field, column).codec().write(value, out);
        return Arrays.copyOf(out.array(), out.length());
    }
}
