package io.sluice.benchmark;

/** Microseconds of processor time, by who used them: worker, broker, PostgreSQL, and threads of this JVM. */
record CpuTimes(long worker, long broker, long postgres, long own) {

    CpuTimes since(CpuTimes earlier) {
        return new CpuTimes(
                worker - earlier.worker, broker - earlier.broker, postgres - earlier.postgres, own - earlier.own);
    }

    long total() {
        return worker + broker + postgres + own;
    }
}
