package io.sluice.batch;

import io.sluice.config.InsertMode;
import io.sluice.record.Change;
import io.sluice.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction does to one table, in rounds. A round first deletes and then writes, and has one statement for all
 * its deletes and one for each column set of its writes. The result is that of the changes one by one, because of each
 * key only those changes are kept that the last ones do not undo, and a later round holds whatever must come later.
 * Nearly all batches need a single round.
 *
 * <p>Belongs to one lane.
 */
public final class TableBatch {
    private TableSchema table;
    private final InsertMode insertMode;
    private final GroupPool groups;
    private final List<Round> rounds = new ArrayList<>();
    private final KeyIndex index;
    private @Nullable List<WireColumn> keyColumns;
    private @Nullable RowGroup lastGroup;

    private boolean emptiedFirst;

    /** The first round that changes may still join: earlier ones hold keys that cannot be compared with later ones. */
    private int firstRound;

    TableBatch(TableSchema table, InsertMode insertMode, KeyIndex index, GroupPool groups) {
        this.table = table;
        this.insertMode = insertMode;
        this.index = index;
        this.groups = groups;
        rounds.add(new Round());
    }

    public TableSchema table() {
        return table;
    }

    /** The table was read anew, because it got a column while this batch was assembled. */
    void refresh(TableSchema newer) {
        table = newer;
    }

    public List<Round> rounds() {
        return List.copyOf(rounds);
    }

    /** The round of that number, from 0; empty where there are fewer. */
    public Optional<Round> round(int number) {
        return number < rounds.size() ? Optional.of(rounds.get(number)) : Optional.empty();
    }

    /** Whether the table is emptied before anything else. */
    public boolean emptiedFirst() {
        return emptiedFirst;
    }

    /** Empties the table: whatever this batch had to do with it before is superfluous. */
    void truncate() {
        emptiedFirst = true;
        rounds.clear();
        rounds.add(new Round());
        index.clear();
        keyColumns = null;
        lastGroup = null;
        firstRound = 0;
    }

    /**
     * The number in the batch of the change whose row is at a place, from 0, among those that are written; empty where more
     * than one statement writes.
     */
    OptionalInt record(int place) {
        List<RowGroup> written = rounds.stream()
                .flatMap(round -> round.writes().stream())
                .filter(group -> group.rows() > 0)
                .toList();
        return written.size() == 1 ? written.get(0).record(place) : OptionalInt.empty();
    }

    /** Rows that are to be sent. */
    public int rows() {
        return deletes()
                + rounds.stream()
                        .flatMap(round -> round.writes().stream())
                        .mapToInt(RowGroup::rows)
                        .sum();
    }

    /** Those of the rows that are keys to be deleted. */
    int deletes() {
        return rounds.stream()
                .mapToInt(round -> round.deletes().map(RowGroup::rows).orElse(0))
                .sum();
    }

    /**
     * Adds a row to be written and returns its encoded size in bytes.
     *
     * @param record the number of the change in the batch
     * @throws io.sluice.record.RecordException where a value does not fit; the batch is as it was before
     */
    int write(RowEncoder encoder, Change change, int record) {
        ColumnSet columns = encoder.columns();
        RowGroup group = writeGroup(firstRound, columns);
        int row = encode(encoder, change, group, record);
        int bytes = group.size(row);
        if (columns.keyCount() == 0) {
            return bytes;
        }
        int round = startOver(columns, group);
        if (round != firstRound) {
            firstRound = round;
            row = group.moveLast(writeGroup(round, columns));
            group = writeGroup(round, columns);
        }
        int entry = index.find(group, row);
        if (entry == KeyIndex.NONE) {
            index.add(group, row, round, KeyIndex.NONE);
        } else {
            rewrite(entry, group, row);
        }
        lastGroup = group;
        return bytes;
    }

    /**
     * Adds a key to be deleted and returns its encoded size in bytes.
     *
     * @param record the number of the change in the batch
     * @throws io.sluice.record.RecordException where a value does not fit; the batch is as it was before
     */
    int delete(RowEncoder encoder, Change change, int record) {
        if (!openRound(firstRound).takesDeletes(encoder.columns())) {
            startOver(encoder.columns());
        }
        RowGroup group = deleteGroup(firstRound, encoder.columns());
        int row = encode(encoder, change, group, record);
        int bytes = group.size(row);
        int round = startOver(encoder.columns(), group);
        if (round != firstRound) {
            firstRound = round;
            RowGroup later = deleteGroup(round, encoder.columns());
            row = group.moveLast(later);
            group = later;
        }
        int entry = index.find(group, row);
        if (entry == KeyIndex.NONE) {
            index.add(group, row, round, round);
        } else {
            deleteAgain(entry, group, row);
        }
        lastGroup = group;
        return bytes;
    }

    /**
     * Adds a change after all that were added before, whatever their keys, and returns its encoded size in bytes. All changes
     * that are added like this have one operation and one set of columns.
     *
     * @param record the number of the change in the batch
     * @throws io.sluice.record.RecordException where a value does not fit; the batch is as it was before
     */
    int append(RowEncoder encoder, Change change, int record) {
        RowGroup group = change.operation() == Change.Operation.DELETE
                ? deleteGroup(firstRound, encoder.columns())
                : writeGroup(firstRound, encoder.columns());
        return group.size(encode(encoder, change, group, record));
    }

    private static int encode(RowEncoder encoder, Change change, RowGroup group, int record) {
        int start = group.buffer().length();
        return group.append(start, encoder.encode(change, group.buffer()), record);
    }

    /** A write of a key that has changed before in this batch. */
    private void rewrite(int entry, RowGroup group, int row) {
        int last = index.round(entry);
        int deleted = index.deleteRound(entry);
        if (isDelete(entry)) {
            if (insertMode == InsertMode.UPDATE) {
                // The row is gone: there is nothing to update any more.
                group.removeLast();
            } else {
                place(entry, group, row, writeGroup(last, group.columns()), last, deleted);
            }
        } else if (insertMode == InsertMode.INSERT || isVersioned(entry, group)) {
            place(entry, group, row, writeGroup(last, group.columns()), last, deleted);
        } else if (isReplaced(entry, group)) {
            index.group(entry).drop(index.row(entry));
            place(entry, group, row, writeGroup(last, group.columns()), last, deleted);
        } else {
            place(entry, group, row, writeGroup(last + 1, group.columns()), last + 1, deleted);
        }
    }

    /** A deletion of a key that has changed before in this batch. */
    private void deleteAgain(int entry, RowGroup group, int row) {
        if (isDelete(entry)) {
            group.removeLast();
            return;
        }
        int last = index.round(entry);
        boolean versioned = index.group(entry).columns().version().isPresent();
        if (insertMode == InsertMode.INSERT || versioned) {
            // Inserts are never left out: if one of them fails it has to fail here too. And of rows with versions there
            // may be several.
            place(entry, group, row, deleteGroup(last + 1, group.columns()), last + 1, last + 1);
            return;
        }
        boolean deletedThere = index.deleteRound(entry) == last;
        index.group(entry).drop(index.row(entry));
        place(entry, group, row, deleteGroup(last, group.columns()), last, last);
        if (deletedThere) {
            // The round deletes the key already; this row is only kept for the index to compare with.
            index.group(entry).drop(index.row(entry));
        }
    }

    /** Puts the last row of {@code group} where it belongs, and makes it the last change of its key. */
    private void place(int entry, RowGroup group, int row, RowGroup target, int round, int deleteRound) {
        int placed = target == group ? row : group.moveLast(target);
        index.set(entry, target, placed, round, deleteRound);
    }

    /** Whether PostgreSQL finds out which of the key's rows is the newest, since they share a statement. */
    private boolean isVersioned(int entry, RowGroup group) {
        return group.columns().version().isPresent()
                && group.columns().equals(index.group(entry).columns());
    }

    /** Whether the group's last row leaves nothing of the key's row before it. */
    private boolean isReplaced(int entry, RowGroup group) {
        return group.columns().version().isEmpty()
                && group.covers(index.group(entry).columns());
    }

    private boolean isDelete(int entry) {
        return rounds.get(index.round(entry)).isDelete(index.group(entry));
    }

    /**
     * The round that a change may join. Keys whose bytes do not tell whether they are equal, or that are encoded in
     * another way than those before, keep their order by starting another round.
     */
    private int startOver(ColumnSet columns, RowGroup group) {
        if (group == lastGroup) {
            return firstRound;
        }
        boolean sameEncoding = keyColumns == null || columns.key().equals(keyColumns);
        boolean sameStatement = lastGroup == null;
        keyColumns = columns.key();
        if (sameEncoding && (sameStatement || group.hasExactKey())) {
            return firstRound;
        }
        index.clear();
        return rounds.size();
    }

    /** Keys have another layout from now on: they have nothing to do with those before. */
    private void startOver(ColumnSet columns) {
        index.clear();
        keyColumns = columns.key();
        lastGroup = null;
        firstRound = rounds.size();
    }

    private RowGroup writeGroup(int round, ColumnSet columns) {
        return openRound(round).writes(columns, groups);
    }

    private RowGroup deleteGroup(int round, ColumnSet columns) {
        return openRound(round).deletes(columns, groups);
    }

    private Round openRound(int number) {
        while (rounds.size() <= number) {
            rounds.add(new Round());
        }
        return rounds.get(number);
    }
}
