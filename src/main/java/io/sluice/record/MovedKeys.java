package io.sluice.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds updates that give a row another key, and the row's old key. Belongs to the task thread.
 *
 * <p>The row before an update may hold no more than the source's replica identity: what it does not know of the rest is
 * null, a placeholder, or, where the field is required, a filler. No row is ever deleted by such a value.
 */
final class MovedKeys {
    private final UnavailableValues unavailable;
    private final PartialShapes partials;
    private final LruCache<Comparison.Sides, Comparison> comparisons = new LruCache<>(Comparison::heldBytes);
    private Comparison last = new Comparison(new Comparison.Sides(RowShape.NOTHING, PartShape.EMPTY, List.of()));

    MovedKeys(UnavailableValues unavailable, PartialShapes partials) {
        this.unavailable = unavailable;
        this.partials = partials;
    }

    /**
     * Whether a column of the key differs between the row before and the row after, so that it is worth a closer look.
     *
     * @param write the row after
     * @param shape of the row before
     * @param before the row before
     * @param key names of the key's columns
     */
    boolean mayDiffer(Change write, PartShape shape, Object before, List<String> key) {
        if (!last.sides.are(write.shape(), shape, key)) {
            last = comparisons.computeIfAbsent(new Comparison.Sides(write.shape(), shape, key), Comparison::new);
        }
        return last.findsDifference(write, before);
    }

    /** Where the key's columns are in both rows. */
    private static final class Comparison {
        private final Sides sides;
        /** Whether the row before lacks a part of the key that only it could have. */
        private final boolean blind;

        private final int[] written;
        private final int[] old;

        private record Sides(RowShape write, PartShape before, List<String> key) {
            boolean are(RowShape otherWrite, PartShape otherBefore, List<String> otherKey) {
                return write == otherWrite && before == otherBefore && key == otherKey;
            }
        }

        private Comparison(Sides sides) {
            this.sides = sides;
            List<Integer> inWrite = new ArrayList<>();
            List<Integer> inBefore = new ArrayList<>();
            boolean lacking = false;
            for (String column : sides.key) {
                int index = writtenIndex(sides.write, column);
                // A key column that the record key gives is the same for both.
                int source = index < 0 ? -1 : sides.write.sourceInValue(index);
                int counterpart = source < 0 ? -1 : counterpart(sides, source);
                lacking |= counterpart < 0
                        && index >= 0
                        && sides.write.fields().get(index).role() == Field.Role.KEY;
                if (counterpart >= 0) {
                    inWrite.add(index);
                    inBefore.add(counterpart);
                }
            }
            this.blind = lacking;
            this.written = inWrite.stream().mapToInt(Integer::intValue).toArray();
            this.old = inBefore.stream().mapToInt(Integer::intValue).toArray();
        }

        private long heldBytes() {
            return sides.write.heldBytes() + sides.before.heldBytes();
        }

        /** The field of the row before that has the name of a field of the row after. */
        private static int counterpart(Sides sides, int source) {
            String name = sides.write.valueFields().get(source).name();
            List<Field> fields = sides.before.fields();
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).name().equals(name)) {
                    return i;
                }
            }
            return -1;
        }

        private boolean findsDifference(Change write, Object before) {
            for (int i = 0; i < written.length && !blind; i++) {
                if (!Objects.deepEquals(write.value(written[i]), sides.before.read(before, old[i]))) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * The deletion of the row under its old key; empty where the update leaves the key as it is, or does not say what it was.
     *
     * @param candidate the deletion with all that the record says of the old key, by its key and by the row before
     * @param write the row after
     * @param key names of the key's columns
     */
    Optional<Change> deletion(Change candidate, Change write, List<String> key) {
        boolean partly = isKnownInPart(candidate);
        BitSet chosen = new BitSet();
        boolean moved = false;
        for (String column : key) {
            int written = writtenIndex(write.shape(), column);
            int old = oldIndex(candidate, column, key.size() == 1, partly);
            if (old < 0 || written < 0) {
                return Optional.empty();
            }
            chosen.set(old);
            moved |= !Objects.deepEquals(candidate.value(old), write.value(written));
        }
        return moved ? Optional.of(candidate.only(chosen, partials)) : Optional.empty();
    }

    /** The field that holds the old value of a key column: of the row before, or else of the record key. */
    private int oldIndex(Change candidate, String column, boolean alone, boolean partly) {
        int before = index(candidate.shape(), column, role -> role != Field.Role.KEY_CANDIDATE);
        if (before >= 0 && isKnown(candidate, before, partly)) {
            return before;
        }
        int said = index(candidate.shape(), column, role -> role == Field.Role.KEY_CANDIDATE);
        // A key that is no Struct has no name and stands for the one column of the table's key.
        return said < 0 && alone ? index(candidate.shape(), "", role -> role == Field.Role.KEY_CANDIDATE) : said;
    }

    private boolean isKnown(Change candidate, int index, boolean partly) {
        Object value = candidate.value(index);
        return value != null
                && !unavailable.isPlaceholder(value)
                && !(partly && isFiller(candidate.shape().fields().get(index), value));
    }

    /** Whether the row before lacks what the record key has, and so is not all of the row. */
    private static boolean isKnownInPart(Change candidate) {
        List<Field> fields = candidate.shape().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).role() == Field.Role.KEY_CANDIDATE) {
                int before = index(candidate.shape(), fields.get(i).name(), role -> role == Field.Role.VALUE_CANDIDATE);
                Object value = before < 0 ? null : candidate.value(before);
                boolean filled = before >= 0 && (value == null || isFiller(fields.get(before), value));
                if (filled && !Objects.deepEquals(value, candidate.value(i))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether Debezium puts such a value into a required field of which it knows nothing. */
    private static boolean isFiller(Field field, Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() == 0 || value.equals(field.hint().defaultValue());
        }
        boolean empty = (value instanceof String text && text.isEmpty())
                || (value instanceof byte[] bytes && bytes.length == 0)
                || (value instanceof ByteBuffer buffer && !buffer.hasRemaining())
                || (value instanceof Date date && date.getTime() == 0);
        return empty
                || value.equals(false)
                || Objects.deepEquals(value, field.hint().defaultValue());
    }

    /** The field that a key column is written from, in the order in which the key of a table is looked for. */
    private static int writtenIndex(RowShape shape, String column) {
        int value = index(shape, column, role -> role == Field.Role.VALUE || role == Field.Role.KEY);
        int said = value >= 0 ? value : index(shape, column, role -> role == Field.Role.KEY_CANDIDATE);
        int other = said >= 0 ? said : index(shape, column, role -> role == Field.Role.VALUE_CANDIDATE);
        return other >= 0 ? other : index(shape, "", role -> role == Field.Role.KEY_CANDIDATE);
    }

    private static int index(RowShape shape, String name, Predicate<Field.Role> role) {
        List<Field> fields = shape.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name) && role.test(fields.get(i).role())) {
                return i;
            }
        }
        return -1;
    }
}
