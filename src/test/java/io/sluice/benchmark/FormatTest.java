package io.sluice.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.benchmark.Event.Operation;
import io.sluice.benchmark.plugin.RowForm;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FormatTest {

    @Test
    void makesATableOfEightColumns() {
        assertThat(Format.EIGHT_COLUMNS.createTable("t"))
                .isEqualTo("CREATE TABLE t (id bigint, seq bigint, quantity integer, price double precision,"
                        + " paid boolean, name text, note text, created timestamp, PRIMARY KEY (id))");
    }

    @Test
    void hasFortyColumnsOfDifferentNames() {
        assertThat(RowForm.FORTY_COLUMNS.names()).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void writesJson() {
        String json = new String(Format.JSON.value(new Event(7, 8, Operation.CREATE)), StandardCharsets.UTF_8);
        assertThat(json)
                .matches("\\{\"id\":7,\"seq\":8,\"quantity\":8,\"price\":2.0,\"paid\":false,\"name\":\"[a-z]{10}\","
                        + "\"note\":\"[a-z]{20}\",\"created\":\"2023-11-14T22:13:20.008Z\"}");
    }

    @Test
    void putsTheOperationBeforeTheRowOfAChangeEvent() {
        byte[] event = Format.CHANGE_EVENTS.value(new Event(7, 8, Operation.DELETE));
        assertThat(event).hasSize(1 + RowForm.EIGHT_COLUMNS.width()).startsWith('d', 0, 0, 0, 0, 0, 0, 0, 7);
    }
}
