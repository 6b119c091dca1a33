package io.sluice.record;

import io.sluice.config.NullHandling;
import org.apache.kafka.connect.data.Schema;

/** The type of a field as the record tells it; PostgreSQL's types are another matter. */
public sealed interface FieldType
        permits FieldType.Scalar,
                SemanticType,
                FieldType.Decimal,
                FieldType.Bits,
                FieldType.Array,
                FieldType.Structured {

    /** Types without parameters, each with the Java class of its values. */
    enum Scalar implements FieldType {
        /** {@code Boolean}. */
        BOOLEAN,
        /** {@code Byte}. */
        INT8,
        /** {@code Short}. */
        INT16,
        /** {@code Integer}. */
        INT32,
        /** {@code Long}. */
        INT64,
        /** {@code Float}. */
        FLOAT32,
        /** {@code Double}. */
        FLOAT64,
        /** {@code String}. */
        STRING,
        /** {@code byte[]} or {@code ByteBuffer}. */
        BYTES,
        /** {@code java.util.Date} at midnight UTC. */
        DATE,
        /** {@code java.util.Date} within the first day of 1970, UTC. */
        TIME,
        /** {@code java.util.Date}. */
        TIMESTAMP,
        /** {@code String} of a record without schema; in a jsonb column it is a JSON string, not JSON text. */
        JSON_STRING,
        /** An integral {@code Number} of a record without schema. */
        INTEGER,
        /** Any other {@code Number} of a record without schema. */
        NUMBER,
        /** {@code Map} or {@code List} of a record without schema. */
        DOCUMENT,
        /** A null of a record without schema: its type is not known. */
        NULL
    }

    /**
     * Connect's Decimal; values are {@code BigDecimal}.
     *
     * @param precision the most digits, 0 where the schema does not say
     */
    record Decimal(int scale, int precision) implements FieldType {}

    /**
     * Debezium's Bits; values are {@code byte[]} or {@code ByteBuffer}, the least significant byte first.
     *
     * @param length the number of bits, or the most of them; 0 where the schema does not say
     */
    record Bits(int length) implements FieldType {}

    /**
     * An array that has a schema; values are {@code List}, whose elements may be null.
     *
     * @param element what the elements are; an array again where there are more dimensions
     * @param schema the array's own
     */
    record Array(FieldType element, Schema schema) implements FieldType {}

    /**
     * A Struct or map that has a schema; values as Connect gives them.
     *
     * @param nulls what becomes of nulls within
     */
    record Structured(Schema schema, NullHandling nulls) implements FieldType {}
}
