package io.sluice.type;

import java.util.HashMap;
import java.util.Map;

/**
 * The object identifiers of the types that codecs write, and of their arrays; they are the same on every server. Source:
 * {@code src/include/catalog/pg_type.dat}.
 */
public final class WireTypes {
    private static final String ARRAY = "_";

    private static final Map<String, Integer> OIDS = oids();

    private WireTypes() {}

    private static Map<String, Integer> oids() {
        Map<String, Integer> oids = new HashMap<>();
        add(oids, "bool", 16, 1000);
        add(oids, "bytea", 17, 1001);
        add(oids, "name", 19, 1003);
        add(oids, "int8", 20, 1016);
        add(oids, "int2", 21, 1005);
        add(oids, "int4", 23, 1007);
        add(oids, "text", 25, 1009);
        add(oids, "json", 114, 199);
        add(oids, "point", 600, 1017);
        add(oids, "float4", 700, 1021);
        add(oids, "float8", 701, 1022);
        add(oids, "bpchar", 1042, 1014);
        add(oids, "varchar", 1043, 1015);
        add(oids, "date", 1082, 1182);
        add(oids, "time", 1083, 1183);
        add(oids, "timestamp", 1114, 1115);
        add(oids, "timestamptz", 1184, 1185);
        add(oids, "interval", 1186, 1187);
        add(oids, "timetz", 1266, 1270);
        add(oids, "varbit", 1562, 1563);
        add(oids, "numeric", 1700, 1231);
        add(oids, "uuid", 2950, 2951);
        add(oids, "jsonb", 3802, 3807);
        return Map.copyOf(oids);
    }

    private static void add(Map<String, Integer> oids, String type, int oid, int arrayOid) {
        oids.put(type, oid);
        oids.put(array(type), arrayOid);
    }

    /** The object identifier of a type that a codec writes, or of an array of it. */
    public static int oid(String type) {
        Integer oid = OIDS.get(type);
        if (oid == null) {
            throw new IllegalArgumentException("no codec writes " + type);
        }
        return oid;
    }

    /** The name of the type of arrays of that type. */
    public static String array(String type) {
        return ARRAY + type;
    }

    public static boolean isArray(String type) {
        return type.startsWith(ARRAY);
    }

    /** All types with their object identifiers. */
    public static Map<String, Integer> all() {
        return OIDS;
    }
}
