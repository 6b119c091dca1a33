package io.sluice.lane;

import io.sluice.batch.Batch;
import io.sluice.batch.BatchAssembler;
import io.sluice.failure.BadRecordException;
import io.sluice.failure.Failures;
import io.sluice.failure.Refusal;
import io.sluice.failure.SqlStateClassifier;
import io.sluice.failure.Verdict;
import io.sluice.metrics.CommittedBatch;
import io.sluice.metrics.LaneWork;
import io.sluice.offset.PartitionOffsets;
import io.sluice.record.DeadLetter;
import io.sluice.record.Origin;
import io.sluice.record.RecordException;
import io.sluice.table.TableId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** One try to write some entries: from the first that is not done up to where the batch is full. Belongs to one lane. */
final class Attempt {
    private final List<Entry> entries;
    private final int start;
    private final BatchAssembler assembler;
    private int end;
    private int records;
    private final List<Entry> added = new ArrayList<>();
    /** Of what was added. They come in runs, so that it is enough to compare each with the one before. */
    private final List<PartitionOffsets> partitions = new ArrayList<>();

    private final Set<TableId> readAgain = new HashSet<>();
    private final BadRecords badRecords;
    private boolean assembling;

    Attempt(List<Entry> entries, int start, BatchAssembler assembler, BadRecords badRecords) {
        this.entries = entries;
        this.start = start;
        this.end = start;
        this.assembler = assembler;
        this.badRecords = badRecords;
    }

    /**
     * Encodes entries until the batch is full; entries of revoked partitions are done with as they are, and so are dead
     * letters that are not written by lanes.
     *
     * @throws io.sluice.failure.SinkException where the first entry does not fit and bad records are not tolerated; what
     *     comes before a later one that does not is to be written first
     */
    void assemble(int limit, long mostBytes) throws SQLException {
        assembling = true;
        while (end < limit && assembler.heldBytes() < mostBytes) {
            Entry entry = entries.get(end);
            if (!entry.revoked() && !add(entry)) {
                break;
            }
            end++;
        }
        assembling = false;
    }

    private boolean add(Entry entry) throws SQLException {
        if (entry.letter() != null) {
            addLetter(entry, entry.letter());
            return true;
        }
        try {
            encode(entry);
            return true;
        } catch (RecordException e) {
            if (end > start && !badRecords.policy().tolerates()) {
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

    private void addLetter(Entry entry, DeadLetter letter) {
        if (badRecords.writesLetters()) {
            assembler.add(letter);
            note(entry);
        }
    }

    /**
     * A record may not fit because the table has changed since it was read: it is bad if it still does not fit then. The
     * table is read again for the first such record of an attempt.
     */
    private void addToTableAsItIsNow(Entry entry) throws SQLException {
        if (readAgain.add(entry.table())) {
            assembler.forget(entry.table());
        }
        try {
            encode(entry);
        } catch (RecordException e) {
            Entry letter = badRecords.letter(
                    entry,
                    Failures.badRecord(entry.change().origin(), entry.table().toString(), e));
            entries.set(end, letter);
            add(letter);
        }
    }

    /** The index of the entry that PostgreSQL names, where it does. */
    OptionalInt suspect(SQLException error) {
        Refusal refusal = Refusal.of(error);
        OptionalInt number = refusal.line().isEmpty()
                ? OptionalInt.empty()
                : batch().record(refusal.table(), refusal.line().getAsInt());
        if (number.isEmpty()) {
            return number;
        }
        Entry suspect = added.get(number.getAsInt());
        return IntStream.range(start, end)
                .filter(index -> suspect.equals(entries.get(index)))
                .findFirst();
    }

    /**
     * Puts the entry at {@code index} aside as bad.
     *
     * @throws BadRecordException where bad records are not tolerated
     */
    void putAside(int index, Optional<String> column, SQLException error) {
        Entry entry = entries.get(index);
        BadRecordException problem =
                Failures.refused(entry.change().origin(), entry.table().toString(), column, error);
        entries.set(index, badRecords.letter(entry, problem));
    }

    /** Whether bad records may be put aside. */
    boolean toleratesBadRecords() {
        return badRecords.policy().tolerates();
    }

    /** Whether the attempt is about a bad record that is to be written down as such, and nothing else. */
    boolean isLetter() {
        return isSingle() && entries.get(start).letter() != null;
    }

    Entry entry(int index) {
        return entries.get(index);
    }

    /** Leaves the record's content out of the one letter, and returns whether it had any. */
    boolean leaveOutContent() {
        Entry entry = entries.get(start);
        DeadLetter letter = entry.letter();
        if (letter == null || letter.content() == DeadLetter.Content.PLACE) {
            return false;
        }
        entries.set(start, entry.with(letter.withoutContent()));
        return true;
    }

    /** The index of the first entry of the attempt. */
    int start() {
        return start;
    }

    private void encode(Entry entry) throws SQLException {
        assembler.add(entry.table(), entry.change());
        note(entry);
        // A record that gives a row another key has two entries.
        records += entry.rest() == 0 ? 1 : 0;
    }

    private void note(Entry entry) {
        added.add(entry);
        if (partitions.isEmpty() || partitions.get(partitions.size() - 1) != entry.partition()) {
            partitions.add(entry.partition());
        }
    }

    /** What was encoded. */
    Batch batch() {
        return assembler.batch();
    }

    /** Whether the batch holds an entry whose partition was revoked after it was added. */
    boolean holdsRevoked() {
        return partitions.stream().anyMatch(PartitionOffsets::revoked);
    }

    /** The entries that are in the batch. */
    List<Entry> added() {
        return added;
    }

    /** What a lane is about to write, for those who watch it. */
    LaneWork work(int lane, int backendPid, int limit) {
        return new LaneWork(lane, backendPid, origin().partition().topic(), table(), limit);
    }

    /** What a lane has committed. */
    CommittedBatch committed(int lane, Batch batch, Duration time) {
        return new CommittedBatch(
                lane,
                records,
                batch.superseded(),
                batch.rows(),
                batch.deletes(),
                batch.bytes(),
                time.toNanos(),
                added.get(0).timestamp(),
                added.get(added.size() - 1).timestamp());
    }

    /** Where the entries end that are in the batch. */
    int end() {
        return end;
    }

    /** The entry that it begins with. */
    Entry first() {
        return entries.get(start);
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
