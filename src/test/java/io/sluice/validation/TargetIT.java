package io.sluice.validation;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.harness.Database;
import io.sluice.harness.HarnessExtension;
import io.sluice.harness.Scenario;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with tables, keys and privileges. Where a message ends with a statement, that statement mends it. */
@ExtendWith(HarnessExtension.class)
final class TargetIT {
    private static final String TABLE = "CREATE TABLE orders (id bigint PRIMARY KEY, item text, at timestamptz)";

    /** Each step takes the next privilege away that the settings need, and finds the statement that gives it back. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            upsert                | auto.create=false   | USAGE; SELECT, INSERT, UPDATE
            upsert by COPY        | write.method=copy   | TEMPORARY; USAGE; SELECT, INSERT, UPDATE
            upsert with deletes   | delete.enabled=true | USAGE; SELECT, INSERT, UPDATE, DELETE
            update                | insert.mode=update  | USAGE; SELECT, UPDATE
            insert                | insert.mode=insert  | USAGE; INSERT
            truncations           | truncate.enabled=true | USAGE; SELECT, INSERT, UPDATE, TRUNCATE
            """)
    void namesThePrivilegesThatTheRoleLacks(String name, String settings, String privileges, Scenario test) {
        Database database = test.database();
        database.execute(TABLE);
        try (LeastPrivilegedRole role = LeastPrivilegedRole.in(database)) {
            Map<String, String> config = config(role.connectionConfig(), "orders", settings);
            for (String privilege : privileges.split("; ", -1)) {
                mend(database, Answers.to(config), "connection.user", privilege);
            }

            assertThat(Answers.to(config)).isEmpty();
        }
    }

    @Test
    void creatingNeedsCreateOnTheSchema(Scenario test) {
        Database database = test.database();
        database.execute("CREATE SCHEMA shop");
        try (LeastPrivilegedRole role = LeastPrivilegedRole.in(database)) {
            Map<String, String> config =
                    config(role.connectionConfig(), "orders", "table.name.format=shop.${topic} auto.create=true");
            mend(database, Answers.to(config), "connection.user", "USAGE");
            mend(database, Answers.to(config), "auto.create", "CREATE");

            assertThat(Answers.to(config)).isEmpty();
        }
    }

    @Test
    void aNameWithoutSchemaMeansTheFirstOfTheSearchPathThatCanBeUsed(Scenario test) {
        Database database = test.database();
        database.execute("CREATE SCHEMA closed", "CREATE SCHEMA open", "CREATE SCHEMA later");
        try (LeastPrivilegedRole role = LeastPrivilegedRole.in(database)) {
            String quoted = Database.quoted(role.name());
            database.execute(
                    "ALTER ROLE " + quoted + " SET search_path = closed, open, later",
                    "GRANT USAGE ON SCHEMA open, later TO " + quoted);
            Map<String, String> config = config(role.connectionConfig(), "orders", "auto.create=true");

            mend(database, Answers.to(config), "auto.create", "CREATE ON SCHEMA \"open\"");

            assertThat(Answers.to(config)).isEmpty();
        }
    }

    @Test
    void evolvingNeedsToOwnTheTable(Scenario test) {
        Database database = test.database();
        database.execute(TABLE, "GRANT ALL ON SCHEMA public TO PUBLIC");
        try (LeastPrivilegedRole role = LeastPrivilegedRole.in(database)) {
            String quoted = Database.quoted(role.name());
            database.execute("GRANT ALL ON SCHEMA public TO " + quoted, "GRANT ALL ON TABLE orders TO " + quoted);
            Map<String, String> config = config(role.connectionConfig(), "orders", "auto.evolve=true");

            mend(database, Answers.to(config), "auto.evolve", "OWNER");

            assertThat(Answers.to(config)).isEmpty();
        }
    }

    @Test
    void aPrivilegeOnColumnsIsEnough(Scenario test) {
        Database database = test.database();
        database.execute(TABLE);
        try (LeastPrivilegedRole role = LeastPrivilegedRole.in(database)) {
            String quoted = Database.quoted(role.name());
            database.execute(
                    "GRANT USAGE ON SCHEMA public TO " + quoted,
                    "GRANT SELECT (id), INSERT (id, item), UPDATE (item) ON orders TO " + quoted);

            assertThat(Answers.to(config(role.connectionConfig(), "orders", "")))
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            orders (id bigint, item text)             | pk.mode=auto                                   | pk.mode   | ADD PRIMARY KEY
            orders (id bigint, item text)             | pk.mode=auto insert.mode=insert                |           |
            orders (id bigint, item text)             | pk.mode=record_key pk.fields=id                | pk.fields | ADD PRIMARY KEY ("id")
            orders (id bigint PRIMARY KEY, item text) | pk.mode=record_value pk.fields=item            | pk.fields | ADD UNIQUE ("item")
            orders (id bigint PRIMARY KEY, item text) | pk.mode=record_value pk.fields=id,item         | pk.fields | ADD UNIQUE ("id", "item")
            orders (id bigint PRIMARY KEY, item text) | pk.mode=record_value pk.fields=id              |           |
            orders (id bigint PRIMARY KEY, item text) | pk.mode=record_value                           |           |
            orders (id bigint PRIMARY KEY, item text) | pk.mode=record_value pk.fields=nr              | pk.fields | has no column "nr"
            orders (nr bigint PRIMARY KEY, item text) | pk.mode=record_value pk.fields=id fields.rename=id:nr |    |
            orders (nr bigint PRIMARY KEY, item text) | pk.mode=record_value pk.fields=id fields.rename=orders:id:nr |    |
            orders (id bigint PRIMARY KEY, item text) | pk.mode=record_key pk.fields=ID quote.sql.identifiers=NEVER | |
            orders (id bigint PRIMARY KEY, item text) | pk.mode=kafka                                  | pk.mode   | has no column "__connect_topic"
            orders (t text, p int, o bigint, PRIMARY KEY (t, p, o)) | pk.mode=kafka pk.fields=t,p,o    |           |
            orders (id bigint PRIMARY KEY, item text) | version.column=at                              | version.column | has no column "at"
            orders (id bigint PRIMARY KEY, item text) | version.column=at auto.evolve=true             |           |
            orders (id bigint PRIMARY KEY, item text) | document.column=doc                            | document.column | ADD COLUMN "doc" jsonb;
            items (id bigint PRIMARY KEY)             | auto.create=false                              | table.name.format | does not exist
            items (id bigint PRIMARY KEY)             | auto.create=true                               |           |
            items (id bigint PRIMARY KEY)             | topics.to.tables.mapping=orders:items          |           |
            items (id bigint PRIMARY KEY)             | topics.to.tables.mapping=orders:gone           | topics.to.tables.mapping | does not exist
            items (id bigint PRIMARY KEY)             | table.name.format=gone.${topic}                | table.name.format | CREATE SCHEMA "gone"
            items (id bigint PRIMARY KEY)             | table.name.format=${field.kind}                |           |
            items (id bigint PRIMARY KEY DEFERRABLE)  | table.name.format=items pk.mode=auto           | pk.mode   | "items_pkey" does not serve, as it is deferrable
            items (id bigint PRIMARY KEY DEFERRABLE)  | table.name.format=items pk.mode=record_value pk.fields=id | pk.fields | "items_pkey" does not serve, as it is deferrable
            sluice_offsets (id bigint PRIMARY KEY)    | table.name.format=sluice_offsets delivery.guarantee=exactly_once consumer.override.isolation.level=read_committed | table.name.format | keeps offsets
            bad (id bigint PRIMARY KEY)               | topics.to.tables.mapping=orders:bad errors.table=public.bad errors.tolerance=all | topics.to.tables.mapping | keeps offsets or bad records
            items (id bigint PRIMARY KEY)             | table.name.format=items errors.table=public.sluice_offsets errors.tolerance=all delivery.guarantee=exactly_once consumer.override.isolation.level=read_committed | errors.table | the table of offsets.table
            items (id bigint PRIMARY KEY)             | table.name.format=items_pkey                   | table.name.format | an index
            items (id bigint PRIMARY KEY)             | table.name.format=pg_class                     | table.name.format | schema pg_catalog
            items (id bigint PRIMARY KEY)             | table.name.format=gone validation.level=connect |          |
            """)
    void judgesTheTableThatTheConfigurationNames(
            String table, String settings, String key, String words, Scenario test) {
        test.database().execute("CREATE TABLE " + table);

        Map<String, List<String>> answers = Answers.to(config(test.database().connectionConfig(), "orders", settings));

        if (key == null) {
            assertThat(answers).isEmpty();
        } else {
            assertThat(answers).containsOnlyKeys(key);
            assertThat(answers.get(key))
                    .singleElement()
                    .asString()
                    .startsWith(key)
                    .contains(words);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            CREATE RULE also AS ON UPDATE TO items DO ALSO NOTHING | items | insert.mode | a rule for INSERT or UPDATE
            CREATE VIEW sums AS SELECT id FROM items GROUP BY id   | sums  | table.name.format | a view that PostgreSQL cannot write through
            CREATE MATERIALIZED VIEW kept AS TABLE items           | kept  | table.name.format | a materialized view
            CREATE SEQUENCE numbers                                | numbers | table.name.format | a sequence
            """)
    void judgesWhatHasTheTablesName(String sql, String name, String key, String words, Scenario test) {
        test.database().execute("CREATE TABLE items (id bigint PRIMARY KEY)", sql);

        Map<String, List<String>> answers =
                Answers.to(config(test.database().connectionConfig(), "orders", "table.name.format=" + name));

        assertThat(answers).containsOnlyKeys(key);
        assertThat(answers.get(key)).singleElement().asString().startsWith(key).contains(words);
    }

    @Test
    void anotherConnectorsLedgerAndWhatLeadsToItAreNoTargets(Scenario test) {
        test.database()
                .execute(
                        "CREATE TABLE theirs (id text, topic text, part int, lane int, token uuid, step bigint, "
                                + "next_offset bigint, beyond bytea, halves bytea, PRIMARY KEY (id, topic, part, lane))",
                        "CREATE VIEW seen AS SELECT id AS a, next_offset AS b FROM theirs");

        for (String name : List.of("theirs", "public.theirs", "seen")) {
            assertThat(Answers.to(config(
                            test.database().connectionConfig(),
                            "orders",
                            "insert.mode=insert table.name.format=" + name)))
                    .as(name)
                    .containsOnlyKeys("table.name.format");
        }
    }

    @Test
    void aTopicWithADotNamesTheSettingThatKeepsItFromNamingASchema(Scenario test) {
        Map<String, List<String>> answers =
                Answers.to(config(test.database().connectionConfig(), "orders,shop.orders", "auto.create=true"));

        assertThat(answers.get("table.name.format"))
                .singleElement()
                .asString()
                .contains("table.name.normalize", "CREATE SCHEMA \"shop\"");
    }

    @Test
    void everyTopicIsLookedAtAndEachProblemIsTold(Scenario test) {
        test.database().execute(TABLE, "CREATE TABLE items (id bigint)");

        assertThat(Answers.to(config(test.database().connectionConfig(), " orders, items,gone", "")))
                .containsOnlyKeys("pk.mode", "table.name.format");
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.kafka.connect.transforms.RegexRouter, false",
        "com.example.Anything, false",
        "io.debezium.transforms.ExtractNewRecordState, true",
        "org.apache.kafka.connect.transforms.InsertField$Value, true",
    })
    void aTableIsNotLookedForWhereATransformationMayChangeTheTopic(String type, boolean lookedFor, Scenario test) {
        Map<String, String> config = config(test.database().connectionConfig(), "orders", "transforms=x");
        config.put("transforms.x.type", type);

        assertThat(Answers.to(config).containsKey("table.name.format")).isEqualTo(lookedFor);
    }

    @Test
    void aViewAndAPartitionedTableAreTables(Scenario test) {
        test.database()
                .execute(
                        TABLE,
                        "CREATE VIEW seen AS SELECT * FROM orders",
                        "CREATE TABLE parts (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)");

        assertThat(Answers.to(config(test.database().connectionConfig(), "parts", "")))
                .isEmpty();
        assertThat(Answers.to(config(test.database().connectionConfig(), "seen", "pk.mode=record_value pk.fields=id")))
                .isEmpty();
    }

    @Test
    void aNameThatPostgresCannotHoldIsAProblemAndNoFault(Scenario test) {
        assertThat(Answers.to(config(test.database().connectionConfig(), "t".repeat(64), "")))
                .containsOnlyKeys("table.name.format");
    }

    /** The only problem is the expected one, and its last words are a statement that a superuser can run. */
    private static void mend(Database database, Map<String, List<String>> answers, String key, String words) {
        assertThat(answers).containsOnlyKeys(key);
        String message = answers.get(key).get(0);
        assertThat(message).startsWith(key).contains(words).endsWith(";");
        database.execute(message.substring(message.lastIndexOf(". ") + 2));
    }

    private static Map<String, String> config(Map<String, String> connection, String topics, String settings) {
        Map<String, String> config = new LinkedHashMap<>(connection);
        config.put("topics", topics);
        if (settings != null && !settings.isBlank()) {
            config.putAll(Arrays.stream(settings.split(" "))
                    .map(setting -> setting.split("=", 2))
                    .map(setting -> entry(setting[0], setting[1]))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        }
        return config;
    }
}
