package io.sluice.record;

import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** One instance of a schema: converters mostly give the same one again, and to compare contents takes time. */
record SchemaIdentity(Schema schema) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SchemaIdentity identity && identity.schema == schema;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(schema);
    }
}
