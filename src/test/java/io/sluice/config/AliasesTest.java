package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AliasesTest {

    @Test
    void understandsTheNamesOfOtherConnectors() {
        SinkConfig config = Problems.parse(
                "connection.username", "sluice",
                "primary.key.mode", "record_value",
                "primary.key.fields", "id,part",
                "collection.name.format", "shop.${topic}",
                "field.include.list", "name,orders:price",
                "use.time.zone", "Europe/Berlin");

        assertThat(config.connection().user()).isEqualTo("sluice");
        assertThat(config.connection().driverProperties()).isEmpty();
        assertThat(config.records().keys()).isEqualTo(new KeyConfig(KeyMode.RECORD_VALUE, List.of("id", "part")));
        assertThat(config.tables().nameFormat()).isEqualTo("shop.${topic}");
        assertThat(config.records().fields().included())
                .containsExactly(new FieldRule("", "name"), new FieldRule("orders", "price"));
        assertThat(config.records().values().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    }

    @Test
    void schemaEvolutionMeansCreatingAndEvolving() {
        TableConfig basic = Problems.parse("schema.evolution", "Basic").tables();
        TableConfig none = Problems.parse("schema.evolution", "none").tables();

        assertThat(List.of(basic.autoCreate(), basic.autoEvolve())).containsOnly(true);
        assertThat(List.of(none.autoCreate(), none.autoEvolve())).containsOnly(false);
        assertThat(Problems.of("schema.evolution", "advanced"))
                .hasEntrySatisfying(
                        "schema.evolution",
                        messages ->
                                assertThat(messages).singleElement().asString().contains("basic, none, validate-only"));
    }

    @Test
    void quotingIsAYesOrNoElsewhere() {
        assertThat(Problems.parse("quote.identifiers", "false").tables().names().identifierCase())
                .isEqualTo(IdentifierCase.LOWER);
        assertThat(Problems.parse("sql.quote.identifiers", "true")
                        .tables()
                        .names()
                        .identifierCase())
                .isEqualTo(IdentifierCase.AS_IS);
        assertThat(Problems.of("quote.identifiers", "maybe")).containsKey("quote.identifiers");
    }

    @Test
    void multiIsAnInsert() {
        assertThat(Problems.parse("insert.mode", "multi", "pk.mode", "none")
                        .writes()
                        .insertMode())
                .isEqualTo(InsertMode.INSERT);
    }

    @Test
    void aBatchOfZeroIsABatchOfOne() {
        assertThat(Problems.parse("batch.size", "0").writes().batchRows()).isEqualTo(1);
    }

    @Test
    void withoutAKeyRecordsAreInsertedUnlessTheModeIsSaid() {
        assertThat(Problems.parse("pk.mode", "none").writes().insertMode()).isEqualTo(InsertMode.INSERT);
        assertThat(Problems.parse("primary.key.mode", "NONE").writes().insertMode())
                .isEqualTo(InsertMode.INSERT);
    }

    @Test
    void anInsertNeedsNoKeyUnlessThereAreDeletions() {
        assertThat(Problems.parse("insert.mode", "insert").records().keys().mode())
                .isEqualTo(KeyMode.NONE);
        assertThat(Problems.parse("insert.mode", "multi").records().keys().mode())
                .isEqualTo(KeyMode.NONE);
        assertThat(Problems.parse("insert.mode", "insert", "delete.enabled", "true")
                        .records()
                        .keys()
                        .mode())
                .isEqualTo(KeyMode.AUTO);
        assertThat(Problems.parse("insert.mode", "insert", "primary.key.mode", "kafka")
                        .records()
                        .keys()
                        .mode())
                .isEqualTo(KeyMode.KAFKA);
    }

    @Test
    void twoNamesOfOneSettingWithTwoValuesAreRefused() {
        assertThat(Problems.of("pk.mode", "kafka", "primary.key.mode", "record_key"))
                .containsOnlyKeys("primary.key.mode");
        assertThat(Problems.of("auto.create", "false", "schema.evolution", "basic"))
                .containsOnlyKeys("schema.evolution");
        assertThat(Problems.of("pk.mode", "kafka", "primary.key.mode", "KAFKA")).isEmpty();
    }

    @Test
    void aNullIsNoValue() {
        Map<String, String> settings = Problems.complete(Map.of());
        settings.put("primary.key.mode", null);
        settings.put("dialect.name", null);
        settings.put("pk.fields", null);

        assertThat(Problems.of(settings)).isEmpty();
        assertThat(SinkConfig.parse(settings).records().keys().mode()).isEqualTo(KeyMode.AUTO);
    }
}
