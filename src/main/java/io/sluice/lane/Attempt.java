package io.sluice.lane;

import io.sluice.batch.Batch;
import io.sluice.batch.BatchAssembler;
import io.sluice.failure.Failures;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.failure.Verdict;
import io.sluice.record.Origin;
import io.sluice.record.RecordException;
import io.sluice.table.TableId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One try to write some entries: from the first that is not done up to where the batch is full. Belongs to one lane. */
final class Attempt {
    private final List<Entry> entries;
    private final int start;
    private final BatchAssembler assembler;
    private int end;
    private final List<Entry> added = new ArrayList<>();
    private boolean assembling;

    Attempt(List<Entry> entries, int start, BatchAssembler assembler) {
        this.entries = entries;
        this.start = start;
        this.end = start;
        this.assembler = assembler;
    }

    /**
     * Encodes entries until the batch is full; entries of revoked partitions are done with as they are.
     *
     * @throws io.sluice.failure.SinkException where the first entry does not fit; what comes before a later one that
     *     does not is to be written first
     */
    void assemble(int limit, long mostBytes) throws SQLException {
        assembling = true;
        while (end < limit && assembler.bytes() < mostBytes) {
            Entry entry = entries.get(end);
            if (!entry.revoked() && !add(entry)) {
                break;
            }
            end++;
        }
        assembling = false;
    }

    private boolean add(Entry entry) throws SQLException {
        try {
            encode(entry);
            return true;
        } catch (RecordException e) {
            if (end > start) {
                return false;
            }
            addToTableAsItIsNow(entry);
            return true;
        } catch (SQLException e) {
            // A column too many, for example: what comes before it has nothing to do with it.
            if (end > start && SqlStateClassifier.classify(e) == Verdict.BAD_RECORD) {
                return false;
            }
            throw e;
        }
    }

    /** A record may not fit because the table has changed since it was read: it is bad if it still does not fit then. */
    private void addToTableAsItIsNow(Entry entry) throws SQLException {
        assembler.forget(entry.table());
        try {
            encode(entry);
        } catch (RecordException e) {
            throw Failures.badRecord(entry.change().origin(), entry.table().toString(), e);
        }
    }

    private void encode(Entry entry) throws SQLException {
        assembler.add(entry.table(), entry.change());
        added.add(entry);
    }

    /** What was encoded. */
    Batch batch() {
        return assembler.batch();
    }

    /** Whether the batch holds an entry whose partition was revoked after it was added. */
    boolean holdsRevoked() {
        return added.stream().anyMatch(Entry::revoked);
    }

    /** The entries that are in the batch. */
    List<Entry> added() {
        return added;
    }

    /** Where the entries end that are in the batch. */
    int end() {
        return end;
    }

    /** Whether one entry alone is to blame for what happens to the batch. */
    boolean isSingle() {
        return end - start <= 1;
    }

    /** Where the entry came from that is to be named in a message. */
    Origin origin() {
        return named().change().origin();
    }

    /** The table of that entry. */
    String table() {
        return named().table().toString();
    }

    /** The entry that could not be added, or else the first: whatever happened, happened from there on. */
    private Entry named() {
        return entries.get(assembling ? end : start);
    }

    /** The table of the entry that is being added, which may have to be read or changed; empty where none is. */
    Optional<TableId> adding() {
        return assembling ? Optional.of(named().table()) : Optional.empty();
    }

    /** What entries of the batch call the table of that name in the catalog. */
    Optional<TableId> calls(TableId table) {
        return assembler.calls(table);
    }

    /** How many entries were touched, with that which could not be added. */
    int tried() {
        return Math.min(end + 1, entries.size()) - start;
    }

    /** The tables that were touched, that of an entry which could not be added among them. */
    List<TableId> tables() {
        return entries.subList(start, Math.min(end + 1, entries.size())).stream()
                .map(Entry::table)
                .distinct()
                .toList();
    }
}
