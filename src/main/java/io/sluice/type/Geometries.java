package io.sluice.type;

import io.sluice.record.FieldType;
import io.sluice.record.SemanticType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.connect.data.Struct;

/** Debezium's geometric values and vectors in the text and binary forms of PostgreSQL, PostGIS and pgvector. */
final class Geometries {
    /** PostGIS marks WKB that names a reference system with this bit, and puts the system's number behind the type. */
    private static final int SRID_FLAG = 0x2000_0000;

    private static final int HEADER = 1 + Integer.BYTES;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Geometries() {}

    static boolean isGeometric(FieldType field) {
        return field == SemanticType.POINT || field == SemanticType.GEOMETRY || field == SemanticType.GEOGRAPHY;
    }

    static boolean isVector(FieldType field) {
        return field == SemanticType.FLOAT_VECTOR || field == SemanticType.DOUBLE_VECTOR;
    }

    /** The native point: two doubles. */
    static void point(Object value, RowBuffer out) {
        Struct point = (Struct) value;
        int start = out.startField();
        out.int64(Double.doubleToLongBits((Double) point.get("x")));
        out.int64(Double.doubleToLongBits((Double) point.get("y")));
        out.endField(start);
    }

    /** The text of a native point, of PostGIS or of pgvector; empty where the field has none. */
    static Optional<Function<Object, String>> text(FieldType field) {
        if (field == SemanticType.POINT) {
            return Optional.of(value -> "(" + ((Struct) value).get("x") + "," + ((Struct) value).get("y") + ")");
        }
        if (field == SemanticType.LINE) {
            return Optional.of(NativeGeometries::line);
        }
        if (field == SemanticType.CIRCLE) {
            return Optional.of(NativeGeometries::circle);
        }
        if (field == SemanticType.GEOMETRY || field == SemanticType.GEOGRAPHY) {
            return Optional.of(Geometries::ewkb);
        }
        return field == SemanticType.SPARSE_VECTOR ? Optional.of(Geometries::sparse) : Optional.empty();
    }

    /** The hexadecimal WKB of PostGIS, with the number of the reference system where there is one. */
    static String ewkb(Object value) {
        Struct struct = (Struct) value;
        Object wkb = struct.get("wkb");
        if (wkb == null) {
            throw malformed();
        }
        byte[] bytes = Bytes.of(wkb);
        Object srid = struct.schema().field("srid") == null ? null : struct.get("srid");
        if (bytes.length < HEADER || (bytes[0] != 0 && bytes[0] != 1)) {
            throw malformed();
        }
        RowBuffer.requireRoom(2L * bytes.length);
        ByteBuffer source = ByteBuffer.wrap(bytes).order(order(bytes));
        int type = source.getInt(1);
        if (srid == null || (type & SRID_FLAG) != 0) {
            return HEX.formatHex(bytes);
        }
        ByteBuffer target = ByteBuffer.allocate(bytes.length + Integer.BYTES).order(order(bytes));
        target.put(bytes[0]).putInt(type | SRID_FLAG).putInt((Integer) srid);
        target.put(bytes, HEADER, bytes.length - HEADER);
        return HEX.formatHex(target.array());
    }

    private static ByteOrder order(byte[] wkb) {
        return wkb[0] == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /** The text of a sparse vector: its elements by their numbers, and how many there are in all. */
    private static String sparse(Object value) {
        Struct struct = (Struct) value;
        StringBuilder text = new StringBuilder("{");
        new TreeMap<>((Map<?, ?>) struct.get("vector"))
                .forEach((index, element) -> text.append(text.length() > 1 ? "," : "")
                        .append(index)
                        .append(':')
                        .append(element));
        return text.append("}/").append(struct.get("dimensions")).toString();
    }

    private static UnfitValueException malformed() {
        return new UnfitValueException("the geometry is not well-known binary", "Correct the producer");
    }
}
