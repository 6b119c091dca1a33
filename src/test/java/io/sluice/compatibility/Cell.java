package io.sluice.compatibility;

/** One combination of versions. */
record Cell(String kafka, String postgres, int java) {

    @Override
    public String toString() {
        return "Kafka Connect " + kafka + ", PostgreSQL " + Versions.postgresName(postgres) + ", Java " + java;
    }
}
