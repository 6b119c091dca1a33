package io.sluice.type;

import io.sluice.record.FieldType;
import io.sluice.record.SemanticType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;

/**
 * The text of PostgreSQL's own geometric types. Debezium gives lines and circles as Structs of numbers, and the others
 * as well-known binary: line segments and paths as a line string, boxes and polygons as a polygon of one closed ring.
 */
final class NativeGeometries {
    private static final int LINE_STRING = 2;
    private static final int POLYGON = 3;

    private NativeGeometries() {}

    /** The text for a column of this type; empty where the field has none. */
    static Optional<Function<Object, String>> text(String column, FieldType field) {
        return switch (column) {
            case "line" -> field == SemanticType.LINE ? Optional.of(NativeGeometries::line) : Optional.empty();
            case "circle" -> field == SemanticType.CIRCLE ? Optional.of(NativeGeometries::circle) : Optional.empty();
            case "lseg", "path" ->
                field == SemanticType.GEOMETRY ? Optional.of(NativeGeometries::path) : Optional.empty();
            case "polygon" ->
                field == SemanticType.GEOMETRY ? Optional.of(NativeGeometries::polygon) : Optional.empty();
            case "box" -> field == SemanticType.GEOMETRY ? Optional.of(NativeGeometries::box) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** {@code {a,b,c}}, of the equation ax + by + c = 0. */
    static String line(Object value) {
        Struct line = (Struct) value;
        return "{" + line.get("a") + "," + line.get("b") + "," + line.get("c") + "}";
    }

    /** {@code <(x,y),r>}. */
    static String circle(Object value) {
        Struct circle = (Struct) value;
        Struct center = (Struct) circle.get("center");
        return "<" + new Vertex((Double) center.get("x"), (Double) center.get("y")) + "," + circle.get("radius") + ">";
    }

    private static String path(Object value) {
        String vertices = joined(vertices((Struct) value, LINE_STRING));
        return isClosed((Struct) value) ? "(" + vertices + ")" : "[" + vertices + "]";
    }

    /** PostgreSQL closes the ring itself. */
    private static String polygon(Object value) {
        List<Vertex> ring = vertices((Struct) value, POLYGON);
        boolean repeated = ring.size() > 1 && ring.get(0).equals(ring.get(ring.size() - 1));
        return "(" + joined(repeated ? ring.subList(0, ring.size() - 1) : ring) + ")";
    }

    /** Any two opposite corners do. */
    private static String box(Object value) {
        List<Vertex> ring = vertices((Struct) value, POLYGON);
        if (ring.size() < 3) {
            throw malformed();
        }
        return ring.get(0) + "," + ring.get(2);
    }

    private static boolean isClosed(Struct geometry) {
        Object extensions = geometry.schema().field("extensions") == null ? null : geometry.get("extensions");
        return extensions instanceof Map<?, ?> map && "true".equals(map.get("closed"));
    }

    private static List<Vertex> vertices(Struct geometry, int kind) {
        try {
            ByteBuffer wkb = ByteBuffer.wrap(Bytes.of(geometry.get("wkb")));
            wkb.order(wkb.get() == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            if (wkb.getInt() != kind || (kind == POLYGON && wkb.getInt() != 1)) {
                throw malformed();
            }
            List<Vertex> vertices = new ArrayList<>();
            for (int left = wkb.getInt(); left > 0; left--) {
                vertices.add(new Vertex(wkb.getDouble(), wkb.getDouble()));
            }
            return vertices;
        } catch (BufferUnderflowException e) {
            throw malformed();
        }
    }

    private static String joined(List<Vertex> vertices) {
        return vertices.stream().map(Vertex::toString).collect(Collectors.joining(","));
    }

    private static UnfitValueException malformed() {
        return new UnfitValueException(
                "the geometry is not of the kind that the column's type holds", "Change the column's type");
    }

    private record Vertex(double x, double y) {
        @Override
        public String toString() {
            return "(" + x + "," + y + ")";
        }
    }
}
