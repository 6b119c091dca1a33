package io.sluice.acceptance;

import static io.sluice.acceptance.Case.named;
import static io.sluice.acceptance.Case.row;
import static io.sluice.acceptance.Content.struct;
import static io.sluice.acceptance.Values.typed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Debezium's Structs for PostgreSQL's own geometric types. */
@ExtendWith(CasesExtension.class)
final class GeometriesIT {
    private static final String PACKAGE = "io.debezium.data.geometry.";
    private static final SchemaAndValue POINT = Values.named(PACKAGE + "Point", "x", 1.5, "y", -2.0);
    private static final SchemaAndValue LINE = Values.named(PACKAGE + "Line", "a", 1.0, "b", -1.0, "c", 0.5);
    private static final SchemaAndValue CIRCLE = Values.named(PACKAGE + "Circle", "center", POINT, "radius", 3.0);
    private static final double[] SEGMENT = {0, 0, 1.5, 2};
    private static final double[] TRIANGLE = {0, 0, 1, 1, 2, 0};
    private static final double[] RING = {0, 0, 1, 1, 2, 0, 0, 0};
    private static final double[] BOX = {2, 3, 2, 0, 0, 0, 0, 3, 2, 3};

    @TestFactory
    Stream<DynamicTest> geometries(Cases cases) {
        return cases.run(
                "geometries",
                into("point", POINT, "(1.5,-2)"),
                into("line", LINE, "{1,-1,0.5}"),
                into("circle", CIRCLE, "<(1.5,-2),3>"),
                into("lseg", geometry("LSEG", lineString(SEGMENT), "type", "lseg"), "[(0,0),(1.5,2)]"),
                into("path", geometry("PATH", lineString(TRIANGLE), "closed", "false"), "[(0,0),(1,1),(2,0)]")
                        .called("an open path"),
                into("path", geometry("PATH", lineString(TRIANGLE), "closed", "true"), "((0,0),(1,1),(2,0))")
                        .called("a closed path"),
                into("polygon", geometry("POLYGON", polygon(RING), "type", "polygon"), "((0,0),(1,1),(2,0))"),
                into("box", geometry("BOX", polygon(BOX), "type", "box"), "(2,3),(0,0)"),
                into("text", LINE, "{1.0,-1.0,0.5}").called("a text column shows a line"),
                named("columns are made of the types that the source has")
                        .with("auto.create", "true", "pk.mode", "record_value", "pk.fields", "id")
                        .records(struct(
                                "id",
                                1,
                                "point",
                                POINT,
                                "line",
                                LINE,
                                "circle",
                                CIRCLE,
                                "lseg",
                                geometry("LSEG", lineString(SEGMENT), "type", "lseg"),
                                "path",
                                geometry("PATH", lineString(TRIANGLE), "closed", "true"),
                                "polygon",
                                geometry("POLYGON", polygon(RING), "type", "polygon"),
                                "box",
                                geometry("BOX", polygon(BOX), "type", "box")))
                        .expect(
                                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                                        + " WHERE attrelid = 'items'::regclass AND attnum > 1 ORDER BY attnum",
                                Stream.of("point", "line", "circle", "lseg", "path", "polygon", "box")
                                        .map(type -> row(type, type))
                                        .toArray()),
                named("a geometry of another kind than its column is refused")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v box)")
                        .records(struct("id", 1, "v", geometry("BOX", lineString(SEGMENT), "type", "lseg")))
                        .fails("column \"v\"", "not of the kind"),
                named("a geometry that is cut off is refused")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v path)")
                        .records(struct("id", 1, "v", geometry("PATH", new byte[] {1, 2, 0, 0, 0, 9}, "type", "path")))
                        .fails("column \"v\"", "not of the kind"));
    }

    @TestFactory
    Stream<DynamicTest> decimals(Cases cases) {
        return cases.run(
                "decimals",
                named("infinities as Debezium spells them where it gives decimals as strings")
                        .given("CREATE TABLE items (id int PRIMARY KEY, v numeric)")
                        .records(
                                struct("id", 1, "v", "NAN"),
                                struct("id", 2, "v", "POSITIVE_INFINITY"),
                                struct("id", 3, "v", "NEGATIVE_INFINITY"))
                        .rows(row(1, "NaN"), row(2, "Infinity"), row(3, "-Infinity")));
    }

    private static Case into(String type, SchemaAndValue value, String text) {
        return named("into " + type)
                .given("CREATE TABLE items (id int PRIMARY KEY, v " + type + ")")
                .records(struct("id", 1, "v", value))
                .rows(row(1, text));
    }

    /** With the type that Debezium tells of where it is asked to, and one extension. */
    private static SchemaAndValue geometry(String sourceType, byte[] wkb, String extension, String value) {
        Schema map = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                .optional()
                .build();
        Schema schema = SchemaBuilder.struct()
                .name(PACKAGE + "Geometry")
                .parameter("__debezium.source.column.type", sourceType)
                .field("wkb", Schema.BYTES_SCHEMA)
                .field("srid", Schema.OPTIONAL_INT32_SCHEMA)
                .field("extensions", map)
                .build();
        return typed(schema, new Struct(schema).put("wkb", wkb).put("extensions", Map.of(extension, value)));
    }

    private static byte[] lineString(double... coordinates) {
        byte[] bytes = new byte[1 + 2 * Integer.BYTES + coordinates.length * Double.BYTES];
        put(header(bytes, 2), coordinates);
        return bytes;
    }

    private static byte[] polygon(double... coordinates) {
        byte[] bytes = new byte[1 + 3 * Integer.BYTES + coordinates.length * Double.BYTES];
        put(header(bytes, 3).putInt(1), coordinates);
        return bytes;
    }

    private static ByteBuffer header(byte[] wkb, int kind) {
        return ByteBuffer.wrap(wkb).order(ByteOrder.LITTLE_ENDIAN).put((byte) 1).putInt(kind);
    }

    private static void put(ByteBuffer wkb, double... coordinates) {
        wkb.putInt(coordinates.length / 2);
        for (double coordinate : coordinates) {
            wkb.putDouble(coordinate);
        }
    }
}
