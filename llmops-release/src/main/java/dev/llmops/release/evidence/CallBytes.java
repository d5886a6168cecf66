package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import dev.llmops.release.internal.records.RecordReader;
import dev.llmops.release.internal.records.RecordWriter;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form of calls, and of what was said of them, in bytes. */
final class CallBytes {

    private static final int OPEN = 1;
    private static final int STREAMING = 2;
    private static final int FAULT = 4;
    private static final int REFUSAL = 8;
    private static final int FALLBACK = 16;
    private static final int FROM_CACHE = 32;
    private static final int PAIRED = 64;
    private static final int RISKY = 128;

    private static final int FEEDBACK = 1;
    private static final int EVALUATION = 2;
    private static final int REFUSED = 3;
    private static final int RISK = 4;

    private CallBytes() {}

    /** Writes whose vote a call is. The shadow answers the same unit as the arm that is seen, and has a vote of its own. */
    static void writeVoter(CallFacts call, RecordWriter to) {
        to.whole(call.arm() == Arm.SHADOW ? 1 : 0);
        to.word(call.stage());
        to.text(call.unit());
    }

    static void write(CallFacts call, RecordWriter to) {
        int flags = (call.isOpen() ? OPEN : 0)
                + (call.isStreaming() ? STREAMING : 0)
                + (call.isFault() ? FAULT : 0)
                + (call.isRefusal() ? REFUSAL : 0)
                + (call.isFallback() ? FALLBACK : 0)
                + (call.isFromAnswerCache() ? FROM_CACHE : 0)
                + (call.pair() != null ? PAIRED : 0)
                + (call.risks().isEmpty() ? 0 : RISKY);
        to.whole(flags);
        to.word(call.arm().name());
        to.fixed(call.startedAtMillis());
        to.number(call.durationMillis());
        to.number(call.firstTokenMillis());
        to.number(call.cost());
        to.word(call.status());
        to.word(call.feature());
        to.word(call.operation());
        to.whole(call.tokensIn());
        to.whole(call.tokensCached());
        to.whole(call.tokensOut());
        if (call.pair() != null) {
            to.text(call.pair());
        }
        if (!call.risks().isEmpty()) {
            to.whole(call.risks().size());
            call.risks().forEach(to::word);
        }
    }

    /** Reads a call whose voter and id were written elsewhere. */
    static CallFacts read(RecordReader voter, RecordReader id, RecordReader from) {
        voter.whole();
        String stage = voter.word();
        String unit = text(voter);
        String callId = text(id);
        int flags = (int) from.whole();
        Arm arm = Arm.valueOf(from.word());
        long startedAt = from.fixed();
        double duration = from.number();
        double firstToken = from.number();
        double cost = from.number();
        String status = from.word();
        String feature = from.word();
        String operation = from.word();
        long tokensIn = from.whole();
        long tokensCached = from.whole();
        long tokensOut = from.whole();
        String pair = (flags & PAIRED) == 0 ? null : from.text();
        Set<String> risks = (flags & RISKY) == 0 ? Set.of() : words(from);
        return new CallFacts(
                callId,
                startedAt,
                stage,
                arm,
                unit,
                pair,
                (flags & OPEN) != 0,
                (flags & STREAMING) != 0,
                duration,
                firstToken,
                status,
                (flags & FAULT) != 0,
                (flags & REFUSAL) != 0,
                (flags & FALLBACK) != 0,
                (flags & FROM_CACHE) != 0,
                cost,
                tokensIn,
                tokensCached,
                tokensOut,
                feature,
                operation,
                risks);
    }

    private static String text(RecordReader from) {
        return Objects.requireNonNullElse(from.text(), "null");
    }

    private static Set<String> words(RecordReader from) {
        Set<String> words = new HashSet<>();
        for (long left = from.whole(); left > 0; left--) {
            words.add(from.word());
        }
        return words;
    }

    /** Reads judgements, in the order in which they count; not to be added to. */
    static CallVerdicts readVerdicts(RecordReader from) {
        long written = from.whole();
        CallVerdicts verdicts = written == 0 ? CallVerdicts.NONE : new CallVerdicts();
        for (long left = written; left > 0; left--) {
            readVerdict(from, verdicts);
        }
        return verdicts;
    }

    private static void readVerdict(RecordReader from, CallTable.Judgements to) {
        int kind = (int) from.whole();
        switch (kind) {
            case FEEDBACK -> to.feedback(from.whole() == 1, from.fixed());
            case EVALUATION -> to.evaluation(from.word(), from.number(), evaluator(from), from.fixed());
            case REFUSED -> to.refusal(from.fixed());
            case RISK -> to.risk(from.word());
            default -> throw new IllegalStateException("judgement " + kind + " was never written");
        }
    }

    private static @Nullable String evaluator(RecordReader from) {
        return from.whole() == 0 ? null : from.word();
    }

    /** Writes each judgement as one record. */
    record Verdicts(RecordWriter to, Runnable written) implements CallTable.Judgements {

        private void begin(int kind) {
            to.whole(kind);
        }

        @Override
        public void feedback(boolean down, long atMillis) {
            begin(FEEDBACK);
            to.whole(down ? 1 : 0);
            to.fixed(atMillis);
            written.run();
        }

        @Override
        public void evaluation(String evaluation, double score, @Nullable String evaluator, long atMillis) {
            begin(EVALUATION);
            to.word(evaluation);
            to.number(score);
            to.whole(evaluator == null ? 0 : 1);
            if (evaluator != null) {
                to.word(evaluator);
            }
            to.fixed(atMillis);
            written.run();
        }

        @Override
        public void refusal(long atMillis) {
            begin(REFUSED);
            to.fixed(atMillis);
            written.run();
        }

        @Override
        public void risk(String type) {
            begin(RISK);
            to.word(type);
            written.run();
        }
    }
}
