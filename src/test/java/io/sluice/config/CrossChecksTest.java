package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CrossChecksTest {

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            pk.mode              | pk.mode=none insert.mode=upsert
            pk.mode              | pk.mode=none insert.mode=update
            delete.enabled       | pk.mode=none delete.enabled=true
            delete.enabled       | pk.mode=kafka delete.enabled=true
            delete.enabled       | pk.mode=record_value delete.enabled=true
            delete.enabled       | pk.mode=record_value delete.enabled=true record.format=struct
            pk.fields            | pk.mode=kafka pk.fields=topic,offset
            evolve.widen         | evolve.widen=true
            retry.backoff.max.ms | retry.backoff.ms=500 retry.backoff.max.ms=100
            truncate.enabled     | truncate.enabled=true record.format=struct
            truncate.enabled     | truncate.enabled=true tasks.max=2
            truncate.enabled     | truncate.enabled=true record.format=JSON
            table.name.format    | table.name.format=${source.table} record.format=json
            version.column       | version.column=at insert.mode=insert
            version.column       | version.column=at pk.mode=none
            version.column       | version.column=at document.column=doc
            version.column       | version.column=id pk.mode=record_value pk.fields=id
            version.column       | version.column=at fields.blacklist=at
            skip.unchanged       | skip.unchanged=true insert.mode=insert
            fields.whitelist     | document.column=doc fields.whitelist=a
            fields.blacklist     | document.column=doc fields.blacklist=a
            fields.rename        | document.column=doc fields.rename=a:b
            timestamp.fields.list| document.column=doc timestamp.fields.list=a
            document.column      | document.column=doc pk.mode=record_key pk.fields=id,doc
            fields.blacklist     | fields.whitelist=a fields.blacklist=b
            fields.blacklist     | fields.whitelist=orders:a fields.blacklist=b
            fields.blacklist     | fields.whitelist=orders:a fields.blacklist=orders:b
            write.method         | write.method=rows connection.preferQueryMode=simple
            write.method         | write.method=UNNEST connection.preferQueryMode=Simple
            delivery.guarantee   | delivery.guarantee=exactly_once
            delivery.guarantee   | delivery.guarantee=Exactly_Once consumer.override.isolation.level=read_uncommitted
            """)
    void doNotGoTogether(String key, String settings) {
        assertThat(Problems.of(split(settings)))
                .containsOnlyKeys(key)
                .allSatisfy((blamed, messages) -> assertThat(messages).allMatch(message -> message.startsWith(blamed)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            pk.mode=NONE insert.mode=Insert
            pk.mode=none
            pk.mode=record_value delete.enabled=true record.format=debezium
            pk.mode=record_header delete.enabled=true
            pk.mode=record_key delete.enabled=true
            delete.enabled=true
            pk.mode=kafka insert.mode=insert
            pk.mode=kafka pk.fields=t,p,o
            evolve.widen=true auto.evolve=true
            truncate.enabled=true
            truncate.enabled=true tasks.max=1
            tasks.max=2
            truncate.enabled=true record.format=debezium
            table.name.format=${source.schema}.${source.table}
            version.column=at
            version.column=at insert.mode=update
            skip.unchanged=true insert.mode=update
            document.column=doc pk.fields=id pk.mode=record_key
            fields.whitelist=orders:a fields.blacklist=items:b
            timestamp.precision.mode=NANOSECONDS
            fields.rename=a:b,items:a:c
            write.method=copy connection.preferQueryMode=simple
            write.method=rows connection.preferQueryMode=extended
            delivery.guarantee=exactly_once consumer.override.isolation.level=Read_Committed
            delivery.guarantee=at_most_once
            """)
    void goTogether(String settings) {
        assertThat(Problems.of(split(settings))).isEmpty();
    }

    private static String[] split(String settings) {
        return settings.strip().split("[ =]");
    }
}
