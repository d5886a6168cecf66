package dev.llmops.quality;

import dev.llmops.core.LlmOps;
import dev.llmops.core.RecordListener;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.Telemetry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Books what is known of the quality of answers by version set: feedback, evaluations, refusals, broken contracts,
 * business outcomes and abnormal inputs.
 *
 * <pre>{@code
 * QualityMonitor quality = new QualityMonitor(EvaluationDefinition.standard());
 * LlmOps llmops = LlmOps.builder().listener(quality).recentCalls(100_000, Duration.ofDays(7)).build();
 * quality.attach(llmops);
 *
 * quality.record(Feedback.thumbs(requestId, false).withComment("wrong city"));
 * }</pre>
 *
 * <p>Judgements join their call through {@link LlmOps#recentCall}, so those that come days later count for the version set
 * that answered. Calls that are not completed, or have a purpose of their own, count for nothing here. Thread-safe;
 * recording neither throws nor blocks for long.
 *
 * @since 0.1.0
 */
public final class QualityMonitor extends RecordListener {

    /** The call attribute with the id of the version set to which a call was assigned, if another one answered. */
    public static final String ASSIGNED_VERSION_SET = "llmops.assigned_version_set";

    /** The number of judged calls that are remembered, so that later judgements can replace former ones. */
    public static final int MAX_JUDGED_CALLS = 100_000;

    private static final int MAX_VERSION_SETS = 100;
    private static final int MAX_JUDGEMENTS_PER_CALL = 64;
    private static final int MAX_EVALUATIONS = 200;
    private static final String OTHER = "other";
    private static final String UNKNOWN = "unknown";
    private static final long HOUR_SECONDS = 3_600;

    private final Map<String, EvaluationDefinition> definitions;
    private final Clock clock;
    private final Map<String, VersionBook> answered = new ConcurrentHashMap<>();
    private final Map<String, VersionBook> assigned = new ConcurrentHashMap<>();
    private volatile @Nullable LlmOps llmops;

    // Guarded by this monitor.
    private Map<UUID, Map<Object, VersionBook.Value>> judged = judgedCalls(telemetry());
    private Map<UUID, String> reassigned = reassignedCalls(telemetry());

    private record FeedbackKey(Feedback.Kind kind, String source, String identifier) {}

    private record OutcomeKey(BusinessOutcome.Kind kind, String identifier) {}

    /** Books a value, or takes it back. */
    private interface Booking {
        void book(VersionBook book, VersionBook.Value value, int sign);
    }

    /**
     * Creates a monitor on the system's clock.
     *
     * @param definitions the meaning of evaluations; scores of others are summarised, but not judged
     */
    public QualityMonitor(List<EvaluationDefinition> definitions) {
        this(definitions, Clock.systemUTC());
    }

    /**
     * Creates a monitor.
     *
     * @param definitions the meaning of evaluations; scores of others are summarised, but not judged
     * @param clock dates judgements that bring no time of their own
     */
    public QualityMonitor(List<EvaluationDefinition> definitions, Clock clock) {
        this.definitions =
                definitions.stream().collect(Collectors.toMap(EvaluationDefinition::name, Function.identity()));
        this.clock = clock;
    }

    private static Map<UUID, Map<Object, VersionBook.Value>> judgedCalls(Telemetry telemetry) {
        return new BoundedMap<>(MAX_JUDGED_CALLS, "quality_judged_calls", telemetry);
    }

    private static Map<UUID, String> reassignedCalls(Telemetry telemetry) {
        return new BoundedMap<>(MAX_JUDGED_CALLS, "quality_reassigned_calls", telemetry);
    }

    @Override
    public synchronized void useTelemetry(Telemetry telemetry) {
        super.useTelemetry(telemetry);
        this.judged = judgedCalls(telemetry);
        this.reassigned = reassignedCalls(telemetry);
    }

    /**
     * Connects to the object whose calls are judged.
     *
     * @param observed the object to which this listener was added
     */
    public void attach(LlmOps observed) {
        this.llmops = observed;
    }

    @Override
    protected void recorded(CallRecord record) {
        if (record.outcome() != Outcome.COMPLETED || record.info().purpose() != null) {
            return;
        }
        String versionSet = record.info().versionSet().id();
        count(book(answered, versionSet), record);
        Object other = record.attributes().get(ASSIGNED_VERSION_SET);
        if (other instanceof String assignedTo && !assignedTo.equals(versionSet)) {
            count(book(assigned, assignedTo), record);
            synchronized (this) {
                reassigned.put(record.info().callId(), assignedTo);
            }
        } else {
            count(book(assigned, versionSet), record);
        }
    }

    private static void count(VersionBook book, CallRecord record) {
        book.call();
        RefusalKind refusal = RefusalKind.of(record);
        if (refusal != null) {
            book.refusal(refusal);
        }
        if (record.attributes().containsKey(InputCheck.ATTRIBUTE)) {
            book.abnormalInput();
        }
    }

    private static VersionBook book(Map<String, VersionBook> books, String versionSet) {
        VersionBook known = books.get(versionSet);
        if (known != null) {
            return known;
        }
        String name = books.size() < MAX_VERSION_SETS ? versionSet : OTHER;
        return books.computeIfAbsent(name, n -> new VersionBook());
    }

    @Override
    protected void recorded(LlmEvent event) {
        if (event.call().purpose() != null) {
            return;
        }
        if (event instanceof LlmEvent.Feedback given) {
            boolean up = given.verdict() == LlmEvent.Verdict.UP;
            feedback(
                    given.call(),
                    new FeedbackKey(Feedback.Kind.THUMBS, given.source(), given.identifier()),
                    new VersionBook.Value(up ? 1 : 0, true, up),
                    given.at());
        } else if (event instanceof LlmEvent.Evaluation scored) {
            if (!BusinessOutcome.EVALUATOR.equals(scored.evaluator())) { // Those are booked as outcomes already.
                evaluation(scored);
            }
        } else if (event instanceof LlmEvent.Refusal) {
            booksOf(event.call()).forEach(book -> book.refusal(RefusalKind.TEXT_REFUSAL));
        }
    }

    private void evaluation(LlmEvent.Evaluation scored) {
        EvaluationDefinition definition = definitions.get(scored.evaluation());
        if (definition != null && !definition.isInRange(scored.score())) {
            telemetry().count(Telemetry.Kind.DROPPED, "evaluation_out_of_range");
            return;
        }
        String evaluator = scored.evaluator() == null ? UNKNOWN : scored.evaluator();
        var key = new VersionQuality.EvaluationKey(scored.evaluation(), evaluator);
        VersionBook.Value value = definition == null || definition.direction() == EvaluationDefinition.Direction.NEUTRAL
                ? new VersionBook.Value(scored.score(), false, false)
                : new VersionBook.Value(scored.score(), true, definition.isGood(scored.score()));
        replace(scored.call(), key, value, (book, number, sign) -> {
            if (book.hasEvaluation(key) || book.evaluations() < MAX_EVALUATIONS) {
                book.evaluation(key, number, sign);
            } else {
                telemetry().count(Telemetry.Kind.DROPPED, "evaluation_names");
            }
        });
    }

    /**
     * Records feedback. Thumbs go on to all other listeners as events of their call.
     *
     * @param given the feedback
     * @return false if the call is not known, or not any more, which is counted as dropped
     */
    public boolean record(Feedback given) {
        Optional<CallInfo> call = find(given.call(), "feedback_of_unknown_call");
        call.ifPresent(info -> {
            feedback(
                    info,
                    new FeedbackKey(given.kind(), given.source(), given.identifier()),
                    new VersionBook.Value(
                            given.kind() == Feedback.Kind.COMMENT ? 0 : given.value(),
                            given.isGood() || given.isBad(),
                            given.isGood()),
                    given.at() == null ? clock.instant() : given.at());
            LlmOps observed = llmops;
            if (given.kind() == Feedback.Kind.THUMBS && observed != null) {
                observed.feedback(
                        given.call(),
                        given.isGood() ? LlmEvent.Verdict.UP : LlmEvent.Verdict.DOWN,
                        given.comment(),
                        given.source(),
                        given.identifier());
            }
        });
        return call.isPresent();
    }

    private void feedback(CallInfo call, FeedbackKey key, VersionBook.Value value, Instant at) {
        boolean first = replace(call, key, value, (book, number, sign) -> book.feedback(key.kind, number, sign));
        if (first) {
            boolean withinHour = at.isBefore(call.startedAt().plusSeconds(HOUR_SECONDS));
            booksOf(call).forEach(book -> book.delay(withinHour));
        }
    }

    /**
     * Records an outcome for the business. One that happens or not goes on to all other listeners as an evaluation of its call,
     * named by its kind, by {@link BusinessOutcome#EVALUATOR}.
     *
     * @param outcome the outcome
     * @return false if the call is not known, or not any more, which is counted as dropped
     */
    public boolean record(BusinessOutcome outcome) {
        Optional<CallInfo> call = find(outcome.call(), "outcome_of_unknown_call");
        call.ifPresent(info -> {
            replace(
                    info,
                    new OutcomeKey(outcome.kind(), outcome.identifier()),
                    new VersionBook.Value(
                            outcome.value(),
                            outcome.kind().isRate(),
                            outcome.kind().isRate() && outcome.value() > 0),
                    (book, number, sign) -> book.outcome(outcome.kind(), number, sign));
            LlmOps observed = llmops;
            if (outcome.kind().isRate() && observed != null) {
                observed.evaluation(
                        outcome.call(), outcome.kind().label(), outcome.value(), null, null, BusinessOutcome.EVALUATOR);
            }
        });
        return call.isPresent();
    }

    /**
     * Records the check of an answer against its contract, once per answer.
     *
     * @param requestOrCallId the call, by either id
     * @param failures the failures, empty if the answer keeps the contract
     * @return false if the call is not known, or not any more, which is counted as dropped
     */
    public boolean recordContract(String requestOrCallId, List<OutputContract.Failure> failures) {
        Optional<CallInfo> call = find(requestOrCallId, "contract_of_unknown_call");
        call.ifPresent(info -> {
            int leftOut = 0;
            for (VersionBook book : booksOf(info)) {
                leftOut = Math.max(leftOut, book.contract(failures));
            }
            for (int i = 0; i < leftOut; i++) {
                telemetry().count(Telemetry.Kind.DROPPED, "quality_failed_fields");
            }
        });
        return call.isPresent();
    }

    private Optional<CallInfo> find(String requestOrCallId, String place) {
        LlmOps observed = llmops;
        Optional<CallInfo> call = observed == null ? Optional.empty() : observed.recentCall(requestOrCallId);
        if (call.isEmpty()) {
            telemetry().count(Telemetry.Kind.DROPPED, place);
        }
        settle(); // The end of the call comes before what is said of it.
        return call;
    }

    /** Books a value and takes back the one that it replaces; returns true if there was none. */
    private boolean replace(CallInfo call, Object key, VersionBook.Value value, Booking booking) {
        VersionBook.Value before;
        boolean firstFeedback;
        synchronized (this) {
            Map<Object, VersionBook.Value> ofCall = judged.get(call.callId());
            if (ofCall == null) {
                ofCall = new BoundedMap<>(MAX_JUDGEMENTS_PER_CALL, "quality_judgements_of_call", telemetry());
                judged.put(call.callId(), ofCall);
            }
            firstFeedback =
                    key instanceof FeedbackKey && ofCall.keySet().stream().noneMatch(FeedbackKey.class::isInstance);
            before = ofCall.put(key, value);
        }
        for (VersionBook book : booksOf(call)) {
            if (before != null) {
                booking.book(book, before, -1);
            }
            booking.book(book, value, 1);
            if (firstFeedback) {
                book.judgedFirst();
            }
        }
        return before == null;
    }

    private List<VersionBook> booksOf(CallInfo call) {
        String versionSet = call.versionSet().id();
        String assignedTo;
        synchronized (this) {
            assignedTo = reassigned.getOrDefault(call.callId(), versionSet);
        }
        return List.of(book(answered, versionSet), book(assigned, assignedTo));
    }

    /**
     * Returns what has been booked so far.
     *
     * @return the quality by version set
     */
    public QualityReport report() {
        settle();
        return new QualityReport(read(answered), read(assigned));
    }

    private static List<VersionQuality> read(Map<String, VersionBook> books) {
        List<VersionQuality> qualities = new ArrayList<>();
        books.keySet().stream()
                .sorted()
                .forEach(name -> qualities.add(book(books, name).read(name)));
        return qualities;
    }
}
