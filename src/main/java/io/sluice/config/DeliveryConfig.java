package io.sluice.config;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * How often a record takes effect, and where that is kept.
 *
 * @param id whose offsets they are; connectors of different names may have the same one after the other
 * @param offsetsTable the written name of the table in PostgreSQL
 */
public record DeliveryConfig(DeliveryGuarantee guarantee, String id, String offsetsTable, OffsetMismatch onMismatch) {
    public static final String GUARANTEE = "delivery.guarantee";
    public static final String ID = "exactly.once.id";
    public static final String OFFSETS_TABLE = "offsets.table";
    public static final String ON_MISMATCH = "exactly.once.on.mismatch";

    private static final String AT_LEAST_ONCE = "at_least_once";

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Delivery");
        Setting.choice(GUARANTEE, DeliveryGuarantee.AT_LEAST_ONCE)
                .importance(ConfigDef.Importance.HIGH)
                .governs(ID, OFFSETS_TABLE, ON_MISMATCH)
                .define(
                        group,
                        "Guarantee",
                        "How often a record takes effect whatever fails. at_least_once, the default, may write a record "
                                + "again, which upserts do not mind; exactly_once keeps the offsets in PostgreSQL, in the "
                                + "transaction of the rows, and needs consumer.override.isolation.level=read_committed; "
                                + "at_most_once makes the offsets durable before the rows and may lose rows.");
        Setting.optional(ID, ConfigDef.Type.STRING, "")
                .importance(ConfigDef.Importance.LOW)
                .visibleUnless(GUARANTEE, AT_LEAST_ONCE)
                .define(
                        group,
                        "Identity Of The Offsets",
                        "Whose offsets they are in offsets.table, the connector's name unless told. Keep it when a "
                                + "connector gets another name; two connectors that run must not share it.");
        Setting.optional(OFFSETS_TABLE, ConfigDef.Type.STRING, "sluice_offsets")
                .check(TableNameFormat::checkPlain)
                .importance(ConfigDef.Importance.LOW)
                .visibleUnless(GUARANTEE, AT_LEAST_ONCE)
                .define(
                        group,
                        "Table Of The Offsets",
                        "The table that keeps the offsets, as table or schema.table, in the database of the rows. It is "
                                + "created if it is not there and the role may do that.");
        Setting.choice(ON_MISMATCH, OffsetMismatch.FAIL)
                .importance(ConfigDef.Importance.LOW)
                .visibleUnless(GUARANTEE, AT_LEAST_ONCE)
                .define(
                        group,
                        "When A Topic Starts Over",
                        "What to do where a topic delivers offsets from before the one that PostgreSQL has, because it was "
                                + "deleted and made again. fail, the default, fails the task; restart takes all as new; "
                                + "skip counts what is before the stored offset as written.");
    }

    static DeliveryConfig from(AbstractConfig config, TaskIdentity identity) {
        String id = config.getString(ID).trim();
        return new DeliveryConfig(
                Setting.parseChoice(DeliveryGuarantee.class, config.getString(GUARANTEE)),
                id.isEmpty() ? identity.connector() : id,
                config.getString(OFFSETS_TABLE).trim(),
                Setting.parseChoice(OffsetMismatch.class, config.getString(ON_MISMATCH)));
    }
}
