package io.sluice.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.IdentifierCase;
import io.sluice.config.NameStyle;
import io.sluice.config.TableConfig;
import io.sluice.record.RecordException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TableRouterTest {

    @ParameterizedTest
    @CsvSource({
        "${topic},              orders,          '',    orders",
        "${topic},              shop.orders,     shop,  orders",
        "${topic},              eu.shop.orders,  '',    eu_shop_orders",
        "kafka.${topic},        eu.shop.orders,  kafka, eu_shop_orders",
        "'\"${topic}\"',        eu.shop.orders,  '',    eu.shop.orders",
        "'a.\"x\"\"${topic}\"', t,               a,     'x\"t'",
        "all,                   anything,        '',    all",
        "${topic.1}.${topic.-1}, eu.shop.orders, eu,    orders",
        "copy_${topic.2},       eu.shop.orders,  '',    copy_shop",
    })
    void namesTheTableByTheFormat(String format, String topic, String schema, String name) {
        assertThat(router(format, Map.of()).routeTopic(topic)).contains(new TableId(schema, name));
    }

    @Test
    void theMappingWinsForTheTopicsThatItNames() {
        TableRouter router = router("${topic}", Map.of("a", "shop.orders"));

        assertThat(router.routeTopic("a")).contains(new TableId("shop", "orders"));
        assertThat(router.routeTopic("b")).contains(new TableId("", "b"));
    }

    @Test
    void namesTheTableByTheRecord() {
        TableRouter router = router("${source.schema}.${field.kind}_${header.tenant}", Map.of());
        Map<String, Object> value = Map.of("kind", "a\"b;--", "source", Map.of("schema", "shop"));
        SinkRecord record = new SinkRecord("t", 0, null, null, null, value, 0);
        record.headers().addString("tenant", "x.y");

        assertThat(router.route(record)).contains(new TableId("shop", "a\"b;--_x_y"));
    }

    @Test
    void normalizesWhatAPlaceholderStandsForAndNothingElse() {
        TableRouter router = new TableRouter(new TableConfig(
                "My-Schema.${field.kind}", Map.of(), new NameStyle(true, IdentifierCase.LOWER), false, false, false));
        SinkRecord record = new SinkRecord("t", 0, null, null, null, Map.of("kind", "Ä b.c"), 0);

        assertThat(router.route(record)).contains(new TableId("my-schema", "__b_c"));
    }

    @Test
    void aRecordWithoutThePartThatNamesTheTableIsRefused() {
        SinkRecord record = new SinkRecord("t", 0, null, null, null, Map.of("a", 1), 0);

        assertThatThrownBy(() -> router("${field.kind}", Map.of()).route(record))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("${field.kind}");
        assertThatThrownBy(() -> router("${topic.3}", Map.of()).route(record)).isInstanceOf(RecordException.class);
    }

    @Test
    void aTombstoneThatNamesNoTableIsPassedOver() {
        SinkRecord tombstone = new SinkRecord("t", 0, null, Map.of("id", 1), null, null, 0);

        assertThat(router("${source.table}", Map.of()).route(tombstone)).isEmpty();
    }

    @Test
    void aNameOfThreePartsIsNone() {
        assertThatThrownBy(() -> router("a.b.c", Map.of()).routeTopic("t"))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("topic t");
    }

    @ParameterizedTest
    @CsvSource({"orders, '\"orders\"'", "'a\"b', '\"a\"\"b\"'", "'x; DROP TABLE y', '\"x; DROP TABLE y\"'"})
    void quotesWhateverAName(String name, String sql) {
        assertThat(Identifiers.quote(name)).isEqualTo(sql);
    }

    @Test
    void refusesNamesThatPostgresWouldCutOff() {
        assertThat(Identifiers.quote("ü".repeat(31))).hasSize(33);
        assertThatThrownBy(() -> Identifiers.quote("ü".repeat(32))).isInstanceOf(RecordException.class);
        assertThatThrownBy(() -> Identifiers.quote("")).isInstanceOf(RecordException.class);
    }

    @ParameterizedTest
    @CsvSource({"ÉÀ-Orders, ÉÀ-orders", "İ, İ", "ORDERS_1, orders_1", "Σ, Σ"})
    void foldsTheLettersThatPostgresFolds(String topic, String table) {
        TableRouter router = new TableRouter(
                new TableConfig("${topic}", Map.of(), new NameStyle(false, IdentifierCase.LOWER), false, false, false));

        assertThat(router.routeTopic(topic)).contains(new TableId("", table));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_catalog.x", "pg_temp.x", "pg_toast.x", "information_schema.x", "pg_new.x"})
    void refusesSchemasThatAreNobodys(String topic) {
        assertThatThrownBy(() -> router("${topic}", Map.of()).routeTopic(topic))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining(topic.substring(0, topic.indexOf('.')));
    }

    @Test
    void namesTheNameThatIsTooLong() {
        assertThatThrownBy(() -> router("${topic}", Map.of()).routeTopic("t".repeat(64)))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("t".repeat(64) + "\" has 64 bytes")
                .satisfies(e -> assertThat(((RecordException) e).remedy())
                        .contains("fields.rename", "topics.to.tables.mapping"));
    }

    @ParameterizedTest
    @CsvSource({
        "${topic}, ''",
        "app.${topic}, app",
        "'\"a.b\".${topic}', a.b",
        "${field.s}.${topic},",
        "'\"${topic}\"', ''",
        "x_${topic}.y,",
        "orders, ''",
    })
    void knowsTheSchemaThatTheFormatNames(String format, String schema) {
        TableConfig config =
                new TableConfig(format, Map.of(), new NameStyle(false, IdentifierCase.AS_IS), false, false, false);

        assertThat(TableRouter.schemas(config)).isEqualTo(schema == null ? Set.of() : Set.of(schema));
    }

    private static TableRouter router(String format, Map<String, String> topics) {
        return new TableRouter(
                new TableConfig(format, topics, new NameStyle(false, IdentifierCase.AS_IS), false, false, false));
    }
}
