package io.sluice.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TracesTest {

    @Test
    void showsTheMessageOfTheLastCause() {
        String trace = """
                org.apache.kafka.connect.errors.ConnectException: Exiting WorkerSinkTask due to unrecoverable exception.
                \tat org.apache.kafka.connect.runtime.WorkerSinkTask.deliverMessages(WorkerSinkTask.java:635)
                Caused by: io.sluice.failure.SinkException: Cannot write the record at topic orders, offset 3: no.
                Mend it.
                \tat io.sluice.SinkPipeline.put(SinkPipeline.java:70)
                \t... 10 more
                """;

        assertThat(Traces.paragraph(trace))
                .isEqualTo("Cannot write the record at topic orders, offset 3: no.\nMend it.");
    }

    @Test
    void showsATraceWithoutCauseToo() {
        assertThat(Traces.paragraph("java.lang.IllegalStateException: gone\n\tat A.b(A.java:1)\n"))
                .isEqualTo("gone");
        assertThat(Traces.paragraph("")).isEmpty();
    }
}
