package io.sluice.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.PostgresSinkConnector;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever a form sends, validation answers. */
@ExtendWith(HarnessExtension.class)
final class RandomConfigurationsIT {
    private static final int CONFIGURATIONS = 250;
    private static final long SEED = 20_261_122;

    private static final List<String> OTHER_KEYS = List.of(
            "connection.username",
            "connection.sslmode",
            "connection.pasword",
            "connection.ssl",
            "schema.evolution",
            "primary.key.mode",
            "primary.key.fields",
            "quote.identifiers",
            "sql.quote.identifiers",
            "use.time.zone",
            "field.include.list",
            "field.exclude.list",
            "collection.name.format",
            "dialect.name",
            "table.types",
            "hibernate.x",
            "flush.y",
            "connection.pool.min_size",
            "topics",
            "tasks.max",
            "name",
            "errors.tolerance",
            "transforms",
            "transforms.x.type",
            "pk.filds",
            "",
            " ",
            "connection.",
            ".",
            "völlig anders");

    private static final List<String> VALUES = List.of(
            "",
            " ",
            ",",
            ",,a",
            "a:b",
            ":",
            "a:b:c:d",
            "true",
            "FALSE",
            "maybe",
            "0",
            "-1",
            "1",
            "3",
            "1e3",
            "99999999999999999999",
            "upsert",
            "insert",
            "update",
            "multi",
            "auto",
            "none",
            "kafka",
            "record_key",
            "record_value",
            "record_header",
            "id",
            "id,item",
            "ID, nope",
            "orders",
            "orders,items",
            "${topic}",
            "gone.${topic}",
            "a.b.c",
            "\"",
            "\"${topic}\"",
            "${topic.-1}",
            "${field.x}",
            "${",
            "${vault:a:b}",
            "UTC",
            "Europe/Berlin",
            "Middle/Earth",
            "basic",
            "ALWAYS",
            "never",
            "struct",
            "json",
            "debezium",
            "target",
            "connect",
            "syntax",
            "jdbc:postgresql://",
            "jdbc:postgresql://[::1",
            "jdbc:postgresql://127.0.0.1:1/x",
            "jdbc:mysql://x/y",
            "\u0000",
            "😀".repeat(40),
            "x".repeat(5_000),
            "'; DROP TABLE orders; --");

    @Test
    void validates500RandomConfigurationsWithoutThrowing(Scenario test) {
        test.database().execute("CREATE TABLE orders (id bigint PRIMARY KEY, item text)");
        List<String> keys = new ArrayList<>(new PostgresSinkConnector().config().names());
        keys.addAll(OTHER_KEYS);
        Random random = new Random(SEED);
        for (int i = 0; i < CONFIGURATIONS; i++) {
            Map<String, String> config = new HashMap<>(test.database().connectionConfig());
            config.put("topics", "orders");
            for (int settings = random.nextInt(8); settings >= 0; settings--) {
                String value = random.nextInt(20) == 0 ? null : VALUES.get(random.nextInt(VALUES.size()));
                config.put(keys.get(random.nextInt(keys.size())), value);
            }

            Map<String, List<String>> answers = Answers.to(config);

            assertThat(answers)
                    .as("%s", config)
                    .allSatisfy((key, messages) -> assertThat(messages)
                            .allSatisfy(message -> assertThat(message)
                                    .startsWith(key)
                                    .doesNotContain(test.database().password())));
        }
        assertThat(test.database().hasTable("orders")).isTrue();
    }
}
