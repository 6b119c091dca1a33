package io.sluice.record;

import io.sluice.config.IdentifierCase;
import io.sluice.config.RecordConfig;
import io.sluice.config.SinkConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Finding the shape of a row, for one topic and for many whose records come in turn. */
@State(Scope.Thread)
public class ShapeCacheBenchmark {
    private static final int ROWS = 1_000;

    @Param({"1", "500"})
    private int schemas;

    private final List<Struct> rows = new ArrayList<>();
    private ColumnNames names;
    private ValueShapes values;
    private ShapeCache shapes;

    @Setup
    public void start() {
        RecordConfig config = SinkConfig.parse(Map.of("connection.url", "jdbc:postgresql://localhost/db"))
                .records();
        names = new ColumnNames.OfTopics(config.fields(), IdentifierCase.AS_IS).of(EightColumns.TOPIC);
        values = new ValueShapes(config.fields(), config.fields().nulls());
        shapes = new ShapeCache(config.keys(), false);
        List<Schema> all = new ArrayList<>();
        for (int i = 0; i < schemas; i++) {
            all.add(SchemaBuilder.struct()
                    .name("s" + i)
                    .field("id", Schema.INT64_SCHEMA)
                    .build());
        }
        for (int i = 0; i < ROWS; i++) {
            rows.add(new Struct(all.get(i % schemas)));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void find(Blackhole blackhole) {
        for (Struct row : rows) {
            blackhole.consume(shapes.join(names, PartShape.EMPTY, values.of(row, row.schema())));
        }
    }
}
