package io.sluice.record;

import io.sluice.config.FieldConfig;
import io.sluice.config.TimestampPrecision;
import java.util.Set;

/**
 * The fields that hold an instant as a number or as a text of digits.
 *
 * @param names of the fields
 * @param type that they get
 */
record EpochFields(Set<String> names, SemanticType type) {
    static final EpochFields NONE = new EpochFields(Set.of(), SemanticType.EPOCH_MICROS);

    static EpochFields of(FieldConfig config) {
        TimestampPrecision precision = config.timestampPrecision();
        return new EpochFields(
                config.timestampFields(),
                switch (precision) {
                    case MICROSECONDS -> SemanticType.EPOCH_MICROS;
                    case NANOSECONDS -> SemanticType.EPOCH_NANOS;
                });
    }

    /** The type of a field that would have the other type without the setting. */
    FieldType typeOf(String name, FieldType other) {
        boolean fits = other == FieldType.Scalar.INT64
                || other == FieldType.Scalar.INTEGER
                || other == FieldType.Scalar.STRING
                || other == FieldType.Scalar.JSON_STRING;
        return fits && names.contains(name) ? type : other;
    }
}
