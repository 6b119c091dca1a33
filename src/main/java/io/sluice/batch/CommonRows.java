package io.sluice.batch;

import io.sluice.record.Change;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rows whose values all have the forms that need no cast, and their encoder. Immutable. */
final class CommonRows {
    private final int[] fields;
    private final Predicate<Object>[] forms;
    private final RowEncoder encoder;

    private CommonRows(int[] fields, Predicate<Object>[] forms, RowEncoder encoder) {
        this.fields = fields;
        this.forms = forms;
        this.encoder = encoder;
    }

    /** @param forms by the index of the shape's field */
    @SuppressWarnings("unchecked")
    static CommonRows of(Map<Integer, Predicate<Object>> forms, RowEncoder encoder) {
        int[] fields = forms.keySet().stream().mapToInt(Integer::intValue).toArray();
        return new CommonRows(fields, forms.values().toArray(Predicate[]::new), encoder);
    }

    boolean takes(Change change) {
        for (int i = 0; i < fields.length; i++) {
            @Nullable Object value = change.value(fields[i]);
            if (value != null && !forms[i].test(value)) {
                return false;
            }
        }
        return true;
    }

    RowEncoder encoder() {
        return encoder;
    }
}
