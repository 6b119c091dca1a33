package io.sluice.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How values are read.
 *
 * @param zone zone of columns that hold wall-clock time
 * @param dateZone zone in which a Connect Date is read
 * @param calendar how the producer counted days before 1582
 * @param nulCharacters what becomes of 0x00 in text
 */
public record ValueConfig(ZoneId zone, ZoneId dateZone, CalendarSystem calendar, NulCharacters nulCharacters) {
    public static final String ZONE = "db.timezone";
    public static final String DATE_ZONE = "date.timezone";
    public static final String CALENDAR = "date.calendar.system";
    public static final String NUL_CHARACTERS = "nul.characters";

    private static final String SAME_ZONE = "DB_TIMEZONE";

    static void define(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Values");
        Setting.optional(ZONE, ConfigDef.Type.STRING, "UTC")
                .check(ValueConfig::checkZone)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Time Zone",
                        "Zone of the wall-clock time in timestamp columns, and of texts without an offset in "
                                + "timestamptz columns. Default: UTC. The zones of worker and server do not matter. "
                                + "A timestamptz column keeps the instant and a date is a date: no zone shifts them.");
        Setting.words(DATE_ZONE, "UTC", SAME_ZONE)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Zone Of Dates",
                        "Zone in which a Connect Date is read. UTC, the default, keeps every date as it is. "
                                + "DB_TIMEZONE reads it in db.timezone as older sinks did, which gives the day before "
                                + "in zones west of Greenwich.");
        Setting.choice(CALENDAR, CalendarSystem.PROLEPTIC_GREGORIAN)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Calendar Of Old Dates",
                        "How the producer counted the days before the 15th of October 1582. proleptic_gregorian, the "
                                + "default, is what java.time and PostgreSQL mean; legacy is for producers that used "
                                + "java.util.GregorianCalendar, and changes nothing for later dates.");
        Setting.choice(NUL_CHARACTERS, NulCharacters.FAIL)
                .importance(ConfigDef.Importance.LOW)
                .define(
                        group,
                        "Zero Characters",
                        "What becomes of a character 0x00 in text, which PostgreSQL cannot store. fail makes the "
                                + "record a bad one, strip leaves the character out, replace puts U+FFFD in its "
                                + "place.");
    }

    static ValueConfig from(AbstractConfig config) {
        ZoneId zone = ZoneId.of(config.getString(ZONE).trim());
        return new ValueConfig(
                zone,
                SAME_ZONE.equalsIgnoreCase(config.getString(DATE_ZONE).trim()) ? zone : ZoneOffset.UTC,
                Setting.parseChoice(CalendarSystem.class, config.getString(CALENDAR)),
                Setting.parseChoice(NulCharacters.class, config.getString(NUL_CHARACTERS)));
    }

    private static void checkZone(String key, @Nullable Object value) {
        try {
            ZoneId.of(String.valueOf(value).trim());
        } catch (DateTimeException e) {
            throw new ConfigException(
                    key + ": '" + value + "' is not a time zone. Use a name such as UTC or Europe/Berlin.");
        }
    }
}
