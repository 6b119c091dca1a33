package io.sluice.benchmark.plugin;

import java.util.Map;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;

/** How the bytes of a record become its value. */
interface ValueForm {

    SchemaAndValue read(String topic, byte[] bytes);

    /** By the name that a connector's configuration gives. */
    static ValueForm named(String name) {
        return switch (name) {
            case "eight" -> ofRows(RowForm.EIGHT_COLUMNS);
            case "forty" -> ofRows(RowForm.FORTY_COLUMNS);
            case "event" -> new EventForm();
            case "json" -> json();
            default -> throw new IllegalArgumentException("There is no form of rows called " + name + ".");
        };
    }

    private static ValueForm ofRows(RowForm form) {
        return (topic, bytes) -> new SchemaAndValue(form.schema(), form.read(bytes, 0));
    }

    /** Kafka's own converter, so that its work counts as it would without us. */
    private static ValueForm json() {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", false), false);
        return converter::toConnectData;
    }
}
