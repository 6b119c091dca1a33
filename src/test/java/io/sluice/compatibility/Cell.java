package io.sluice.compatibility;

import java.util.ArrayList;
import java.util.List;

/** One combination of versions. */
record Cell(String kafka, String postgres, int java) {

    static List<Cell> all() {
        List<Cell> cells = new ArrayList<>();
        for (int java : Versions.JAVA) {
            for (String kafka : Versions.KAFKA) {
                Versions.POSTGRES.forEach(postgres -> cells.add(new Cell(kafka, postgres, java)));
            }
        }
        return cells;
    }

    /** The newest Kafka with every PostgreSQL and the newest PostgreSQL with every Kafka, on the oldest Java; and all corners. */
    static List<Cell> axesAndCorners() {
        return all().stream()
                .filter(cell -> cell.isOnAnAxis() || cell.isCorner())
                .toList();
    }

    private boolean isOnAnAxis() {
        return java == Versions.JAVA.get(0)
                && (kafka.equals(last(Versions.KAFKA)) || postgres.equals(last(Versions.POSTGRES)));
    }

    private boolean isCorner() {
        return isEnd(kafka, Versions.KAFKA) && isEnd(postgres, Versions.POSTGRES);
    }

    private static boolean isEnd(String version, List<String> versions) {
        return version.equals(versions.get(0)) || version.equals(last(versions));
    }

    private static String last(List<String> versions) {
        return versions.get(versions.size() - 1);
    }

    @Override
    public String toString() {
        return "Kafka Connect " + kafka + ", PostgreSQL " + Versions.postgresName(postgres) + ", Java " + java;
    }
}
