package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.internal.records.JudgementJoin;
import dev.llmops.release.internal.records.RecordGroups;
import dev.llmops.release.internal.records.RecordReader;
import dev.llmops.release.internal.records.RecordWriter;
import dev.llmops.release.internal.records.Records;
import dev.llmops.release.internal.records.Words;
import dev.llmops.release.policy.GatePolicy;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Collects calls and what was said of them, in any order, and adds them up; for sources that are read as a whole. Calls are
 * grouped by id, so that what was said of them joins them, then by unit, so that its first call has the vote, and shadows
 * by the call that they answer too: in bounded memory, however many there are. Threads add by adders of their own.
 *
 * <p>See docs/decisions/release.md#a-log-is-grouped-in-a-temporary-file.
 */
final class CallTable implements AutoCloseable {

    private static final long MEMORY = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);

    private final Words words = new Words();
    private final RecordGroups byId;
    private final RecordGroups byUnit;
    private final RecordGroups byPair;
    private volatile boolean isPaired;

    CallTable() {
        this(MEMORY, RecordGroups.LARGEST_PARTITION);
    }

    /**
     * Makes a table.
     *
     * @param memoryBytes how many bytes each grouping keeps in memory
     * @param largestPartition how many of them are grouped at once
     */
    CallTable(long memoryBytes, long largestPartition) {
        byId = new RecordGroups(memoryBytes, largestPartition);
        byUnit = new RecordGroups(memoryBytes, largestPartition);
        byPair = new RecordGroups(memoryBytes, largestPartition);
    }

    /** Takes what is said of a call after its end. */
    interface Judgements {

        void feedback(boolean down, long atMillis);

        void evaluation(String evaluation, double score, @Nullable String evaluator, long atMillis);

        void refusal(long atMillis);

        void risk(String type);
    }

    /** Adds calls and judgements. Not thread-safe. */
    final class Adder {

        private final RecordWriter id = new RecordWriter(words);
        private final RecordWriter voter = new RecordWriter(words);
        private final RecordWriter body = new RecordWriter(words);
        private final Judgements judgements = new CallBytes.Verdicts(body, () -> byId.add(id, body));
        private long order;

        /** Says at which place of the source the next addition is; of two calls with one id the later one counts. */
        void at(long place) {
            order = place;
        }

        void add(CallFacts call) {
            isPaired |= call.arm() == Arm.SHADOW;
            begin(call.callId(), true);
            CallBytes.writeVoter(call, voter.clear());
            body.part(voter);
            CallBytes.write(call, body);
            byId.add(id, body);
        }

        /** Returns an object that adds the next judgement on a call. */
        Judgements verdicts(String callId) {
            begin(callId, false);
            return judgements;
        }

        private void begin(String callId, boolean isCall) {
            id.clear().text(callId);
            JudgementJoin.begin(body, order++, isCall);
        }
    }

    Adder adder() {
        return new Adder();
    }

    /** Takes each call once. */
    private interface Count {
        /** Counts a call, and returns true if it may be half of a pair. */
        boolean add(CallFacts call, CallVerdicts verdicts, boolean hasVote);
    }

    /** Adds the calls up on all processors, once; sums are exact, so that it makes no difference how the calls are divided. */
    GateEvidence evidence(String changeId, GatePolicy policy, GateProfile profile, Instant now) {
        Queue<EvidenceFold> folds = new ConcurrentLinkedQueue<>();
        Supplier<EvidenceFold> fold = () -> {
            EvidenceFold made = new EvidenceFold(policy, profile, now);
            folds.add(made);
            return made;
        };
        count(() -> fold.get()::add);
        byPair.forEach(() -> new Pairing(fold.get()));
        return folds.stream()
                .map(each -> each.evidence(changeId))
                .reduce(GateEvidence.empty(changeId), GateEvidence::plus);
    }

    /** Measures the calls that have the votes of their units. */
    void measure(ProfileMeasurement measurement) {
        count(() -> (call, verdicts, hasVote) -> {
            if (hasVote) {
                measurement.add(new ProfileMeasurement.JudgedCall(call, verdicts));
            }
            return false;
        });
    }

    private void count(Supplier<Count> count) {
        byId.forEach(() -> new JudgementJoin(words, byUnit));
        byUnit.forEach(() -> new Voting(count.get()));
    }

    /** Gives the vote of a unit to the call that started first; ids are ordered by start. */
    private final class Voting implements RecordGroups.Group {

        private final Count count;
        private final RecordReader voter = new RecordReader(words);
        private final RecordReader id = new RecordReader(words);
        private final RecordReader facts = new RecordReader(words);
        private final RecordWriter pair = new RecordWriter(words);
        private final RecordWriter side = new RecordWriter(words);

        Voting(Count count) {
            this.count = count;
        }

        @Override
        public void accept(Records records) {
            int first = first(records);
            for (int i = 0; i < records.size(); i++) {
                count(records, i, i == first);
            }
        }

        @Override
        public void reduce(Records records, RecordGroups rest) {
            int first = first(records);
            for (int i = 0; i < records.size(); i++) {
                if (i != first) {
                    count(records, i, false);
                }
            }
            rest.add(records, first);
        }

        private int first(Records records) {
            int first = 0;
            for (int i = 1; i < records.size(); i++) {
                records.select(first);
                id.at(records.bytes(), records.offset()).whole();
                records.select(i);
                facts.at(records.bytes(), records.offset()).whole();
                first = id.compareText(facts) <= 0 ? first : i;
            }
            return first;
        }

        private void count(Records records, int index, boolean hasVote) {
            records.select(index);
            byte[] bytes = records.bytes();
            int idLength = (int) id.at(bytes, records.offset()).whole();
            facts.at(bytes, id.offset() + idLength);
            CallFacts call = CallBytes.read(voter.at(bytes, records.keyOffset()), id, facts);
            if (count.add(call, CallBytes.readVerdicts(facts), hasVote) && isPaired) {
                pair.clear().text(call.arm() == Arm.SHADOW ? String.valueOf(call.pair()) : call.callId());
                side.clear().whole(records.keyLength());
                side.copy(bytes, records.keyOffset(), records.keyLength());
                side.copy(bytes, records.offset(), records.length());
                byPair.add(pair, side);
            }
        }
    }

    /** Counts the pairs of what users saw and its shadows. */
    private final class Pairing implements RecordGroups.Group {

        private final EvidenceFold fold;
        private final RecordReader voter = new RecordReader(words);
        private final RecordReader id = new RecordReader(words);
        private final RecordReader facts = new RecordReader(words);

        Pairing(EvidenceFold fold) {
            this.fold = fold;
        }

        @Override
        public void accept(Records records) {
            List<ProfileMeasurement.JudgedCall> sides = IntStream.range(0, records.size())
                    .mapToObj(i -> side(records, i))
                    .toList();
            for (ProfileMeasurement.JudgedCall seen : sides) {
                for (ProfileMeasurement.JudgedCall shadow : sides) {
                    if (seen.call().arm() != Arm.SHADOW && shadow.call().arm() == Arm.SHADOW) {
                        fold.addPair(seen, shadow);
                    }
                }
            }
        }

        private ProfileMeasurement.JudgedCall side(Records records, int index) {
            records.select(index);
            byte[] bytes = records.bytes();
            int voterLength = (int) voter.at(bytes, records.offset()).whole();
            int idLength = (int) id.at(bytes, voter.offset() + voterLength).whole();
            facts.at(bytes, id.offset() + idLength);
            CallFacts call = CallBytes.read(voter, id, facts);
            return new ProfileMeasurement.JudgedCall(call, CallBytes.readVerdicts(facts));
        }
    }

    @Override
    public void close() {
        byId.close();
        byUnit.close();
        byPair.close();
    }
}
