package dev.llmops.core;

import dev.llmops.core.internal.AnswerParts;
import dev.llmops.core.internal.Truncation;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Content;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.telemetry.LabelLimiter;
import dev.llmops.core.telemetry.Telemetry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a live call. It is separate from the {@link LlmCall} that the application holds, so that a
 * call whose handle became unreachable can still be ended with what it gathered.
 *
 * <p>The stream has its own protocol ({@link StreamClock}); everything else is guarded by this object's monitor. The
 * flag {@link #ended} is taken first, so that one thread alone builds the record.
 */
final class CallState implements LiveCall {

    static final int MAX_LIST_ENTRIES = 256;
    static final int MAX_ATTRIBUTES = 64;
    static final int MAX_ATTRIBUTE_LENGTH = 1024;

    private static final String NULL_ARGUMENT = "null_argument";
    private static final VarHandle ENDED;
    private static final Object[] NOTHING = {};

    static {
        try {
            ENDED = MethodHandles.lookup().findVarHandle(CallState.class, "ended", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final CallPipeline pipeline;
    final long startNanos;
    final WeakReference<CallPart> handle;
    private final long deadlineNanos;
    private final long estimatedInputTokens;
    private final int choices;
    private final StreamClock stream;
    private volatile boolean ended;
    private volatile CallInfo info;

    /** The depth of the innermost integration that reported something; plain, since a late reading only counts twice. */
    private int measuredDepth;

    private @Nullable JoinedParts parts;
    private Object[] attachments = NOTHING;
    private @Nullable TokenUsage usage;
    private @Nullable String responseModel;
    private @Nullable CacheResult cache;
    private @Nullable String input;
    private @Nullable String output;
    private @Nullable AnswerParts answerParts;
    private int retries;
    private boolean refusal;
    private @Nullable FinishReasons finishReasons;
    private @Nullable Intervals intervals;
    private @Nullable List<RiskFinding> risks;
    private @Nullable Map<String, Object> attributes;

    CallState(
            CallPipeline pipeline,
            CallInfo info,
            CallPart handle,
            long startNanos,
            long deadlineNanos,
            long estimatedInputTokens,
            int choices) {
        this.pipeline = pipeline;
        this.info = info;
        this.handle = new WeakReference<>(handle);
        this.startNanos = startNanos;
        this.deadlineNanos = deadlineNanos;
        this.estimatedInputTokens = estimatedInputTokens;
        this.choices = choices;
        this.stream = new StreamClock(startNanos);
    }

    void chunk(int contentTokens, boolean reasoning) {
        chunk(contentTokens, reasoning, pipeline.ticker.nanos());
    }

    void chunk(int contentTokens, boolean reasoning, long atNanos) {
        if (ended) {
            pipeline.telemetry.count(Telemetry.Kind.DROPPED, "chunk_after_end");
            return;
        }
        if (stream.chunk(atNanos, contentTokens, reasoning) && !ended) {
            pipeline.firstToken(this, stream.timeToFirstTokenNanos());
        }
    }

    boolean isEnded() {
        return ended;
    }

    /** Runs a change unless the call has ended; a change that comes too late is counted. */
    synchronized void change(Runnable change) {
        if (ended) {
            pipeline.telemetry.count(Telemetry.Kind.DROPPED, "change_after_end");
        } else {
            change.run();
        }
    }

    /** Returns true if no integration inside one of the given depth measures the call. */
    boolean isMeasuredAt(int depth) {
        if (depth > measuredDepth) {
            measuredDepth = depth;
        }
        return depth >= measuredDepth;
    }

    /** Runs a change that is up to the innermost integration. */
    private void measure(CallPart part, Runnable change) {
        if (part.isMeasured()) {
            change(change);
        }
    }

    void usage(CallPart part, @Nullable TokenUsage usage) {
        measure(part, () -> setUsage(part.joinedPart(), usage));
    }

    void mergeUsage(CallPart part, @Nullable TokenUsage report) {
        measure(part, () -> {
            if (report == null) {
                pipeline.telemetry.count(Telemetry.Kind.DROPPED, NULL_ARGUMENT);
                return;
            }
            CallPart joined = part.joinedPart();
            TokenUsage known = joined == null || parts == null ? usage : parts.usage(joined);
            setUsage(joined, known == null ? report : known.mergedWith(report));
        });
    }

    private void setUsage(@Nullable CallPart part, @Nullable TokenUsage usage) {
        if (part == null || parts == null) {
            this.usage = usage;
        } else {
            parts.usage(part, usage);
        }
    }

    /** Begins the part of an integration inside the one that owns the call. */
    void partStarted(@Nullable String requestModel) {
        change(() -> {
            if (responseModel == null && info.requestModel().equals(LabelLimiter.UNKNOWN)) {
                responseModel = Truncation.cutOrNull(requestModel, Truncation.MAX_NAME_LENGTH);
            }
            parts = parts == null ? new JoinedParts() : parts;
            if (parts.startsAfterAnother()) {
                finishReasons = null;
                answerParts = null;
            }
        });
    }

    synchronized void partEnded(Outcome outcome, @Nullable CallError error) {
        if (parts != null) {
            parts.ended(outcome, error);
        }
    }

    /** Returns why the call was rejected before any model work, if its parts were. */
    synchronized @Nullable CallError rejection() {
        return parts == null ? null : parts.rejection();
    }

    /** Returns why the call cannot be complete: its last part failed, or the stream's end says so. */
    synchronized @Nullable CallError failure() {
        if (parts != null && parts.lastFailure() != null) {
            return parts.lastFailure();
        }
        return finishReasons == null || finishReasons.isEmpty()
                ? null
                : endOfStream().orElse(null);
    }

    void finishReason(CallPart part, int choice, @Nullable String reason) {
        measure(part, () -> {
            finishReasons = finishReasons == null ? new FinishReasons() : finishReasons;
            if (reason == null) {
                pipeline.telemetry.count(Telemetry.Kind.DROPPED, NULL_ARGUMENT);
            } else if (!finishReasons.add(choice, reason)) {
                pipeline.telemetry.count(Telemetry.Kind.DROPPED, "finish_reasons");
            }
        });
    }

    synchronized Optional<CallError> endOfStream() {
        return (finishReasons == null ? new FinishReasons() : finishReasons).verdict(choices);
    }

    void responseModel(CallPart part, @Nullable String model) {
        measure(part, () -> responseModel = Truncation.cutOrNull(model, Truncation.MAX_NAME_LENGTH));
    }

    void cache(@Nullable CacheResult result) {
        change(() -> this.cache = result);
    }

    void retry() {
        change(() -> retries++);
    }

    void retries(int total) {
        change(() -> retries = Math.max(0, total));
    }

    void refusal() {
        change(() -> refusal = true);
    }

    void input(@Nullable String text) {
        if (pipeline.contentPolicy.capturesContent()) {
            change(() -> this.input = text);
        }
    }

    void output(@Nullable String text) {
        if (pipeline.contentPolicy.capturesContent()) {
            change(() -> this.output = text);
        }
    }

    void outputPart(CallPart reporter, long part, @Nullable String text) {
        if (!pipeline.contentPolicy.capturesContent()) {
            return;
        }
        measure(reporter, () -> {
            answerParts = answerParts == null ? new AnswerParts() : answerParts;
            if (text == null) {
                pipeline.telemetry.count(Telemetry.Kind.DROPPED, NULL_ARGUMENT);
            } else {
                countUnless(answerParts.append(part, text), "output_parts");
            }
        });
    }

    private Content content() {
        String answer = output == null && answerParts != null ? answerParts.toString() : output;
        return input == null && answer == null ? Content.NONE : new Content(input, answer);
    }

    void risk(@Nullable RiskFinding finding) {
        change(() -> {
            if (finding == null) {
                pipeline.telemetry.count(Telemetry.Kind.DROPPED, NULL_ARGUMENT);
                return;
            }
            risks = risks == null ? new ArrayList<>(2) : risks;
            countUnless(risks.size() < MAX_LIST_ENTRIES && risks.add(finding), "risks");
        });
    }

    void attribute(@Nullable String name, @Nullable Object value) {
        change(() -> {
            attributes = attributes == null ? new LinkedHashMap<>() : attributes;
            if (name == null || value == null) {
                pipeline.telemetry.count(Telemetry.Kind.DROPPED, NULL_ARGUMENT);
                return;
            }
            String key = Truncation.cut(name, Truncation.MAX_NAME_LENGTH);
            if (attributes.size() < MAX_ATTRIBUTES || attributes.containsKey(key)) {
                attributes.put(key, value);
            } else {
                pipeline.telemetry.count(Telemetry.Kind.DROPPED, "attributes");
            }
        });
    }

    void attributeList(@Nullable String name, @Nullable List<String> values) {
        if (values == null) {
            attribute(name, null);
            return;
        }
        try {
            List<String> kept = Truncation.cutAll(values, MAX_LIST_ENTRIES, Truncation.MAX_NAME_LENGTH);
            if (kept.size() < values.size()) {
                pipeline.telemetry.count(Telemetry.Kind.DROPPED, "attributes");
            }
            attribute(name, kept);
        } catch (RuntimeException e) { // The list is the application's own: it may be changed while it is read.
            pipeline.telemetry.failure(
                    "LlmCall.attribute", e, "the attribute was left out; pass a list that does not change meanwhile");
        }
    }

    OpenInterval openPhase(@Nullable String name) {
        OpenInterval phase = new OpenInterval(this, name(name), pipeline.ticker.nanos());
        change(() -> countUnless(intervals().addPhase(phase), "phases"));
        return phase;
    }

    void closePhase(OpenInterval phase) {
        change(() -> intervals().closePhase(phase, pipeline.ticker.nanos()));
    }

    void pastPhase(@Nullable String name, long fromNanos) {
        OpenInterval phase = new OpenInterval(this, name(name), Math.max(startNanos, fromNanos));
        change(() -> {
            countUnless(intervals().addPhase(phase), "phases");
            intervals().closePhase(phase, pipeline.ticker.nanos());
        });
    }

    OpenInterval openTool(@Nullable String name) {
        OpenInterval tool = new OpenInterval(this, name(name), pipeline.ticker.nanos());
        change(() -> countUnless(intervals().addTool(tool), "tool_calls"));
        return tool;
    }

    private Intervals intervals() {
        if (intervals == null) {
            intervals = new Intervals();
        }
        return intervals;
    }

    private void countUnless(boolean kept, String where) {
        if (!kept) {
            pipeline.telemetry.count(Telemetry.Kind.DROPPED, where);
        }
    }

    private static String name(@Nullable String name) {
        return Truncation.cut(Objects.requireNonNullElse(name, LabelLimiter.UNKNOWN), Truncation.MAX_NAME_LENGTH);
    }

    /** Ends the call, unless it has ended. */
    boolean end(Outcome wanted, @Nullable CallError cause, List<String> finishReasons) {
        if (!ENDED.compareAndSet(this, false, true)) {
            return false;
        }
        // First of all, so that the number of calls in flight is right even if the machine runs out of memory below.
        pipeline.liveCalls.remove(this);
        long endNanos = pipeline.ticker.nanos();
        boolean late = wanted == Outcome.CANCELLED && endNanos - startNanos >= deadlineNanos;
        Outcome outcome = late ? Outcome.TIMED_OUT : wanted;
        CallError error = late ? CallError.of(ErrorKind.TIMEOUT) : cause;
        pipeline.ended(this, record(outcome, error, finishReasons, endNanos));
        return true;
    }

    private synchronized CallRecord record(
            Outcome outcome, @Nullable CallError error, List<String> reasonsAtEnd, long endNanos) {
        StreamClock.Totals totals = stream.finish(endNanos);
        TokenUsage used = usage(parts == null ? usage : parts.usageOr(usage), outcome, error, totals);
        Timing timing = totals.timing(startNanos, endNanos, used.outputTokens().orElse(-1))
                .phases(intervals == null ? List.of() : intervals.phaseTimings(startNanos, endNanos))
                .build();
        return CallRecord.builder(info, outcome, timing)
                .responseModel(responseModel)
                .usage(used)
                .error(error)
                .finishReasons(finishReasons == null || !reasonsAtEnd.isEmpty() ? reasonsAtEnd : finishReasons.toList())
                .refusal(refusal)
                .toolCalls(intervals == null ? List.of() : intervals.toolCalls(startNanos, endNanos))
                .retries(retries + (parts == null ? 0 : parts.retries()))
                .cache(cache)
                .risks(risks == null ? List.of() : risks)
                .content(content())
                .attributes(attributes == null ? Map.of() : attributes)
                .build();
    }

    /** Returns the reported usage, completed by estimates from the chunks. */
    private TokenUsage usage(
            @Nullable TokenUsage reported, Outcome outcome, @Nullable CallError error, StreamClock.Totals totals) {
        boolean isUnanswered = error != null && error.isUnanswered() && !totals.hasChunks();
        boolean noModelWorked = isUnanswered
                || outcome == Outcome.REJECTED
                || cache == CacheResult.HIT
                || cache == CacheResult.COALESCED;
        if (reported == null && noModelWorked) {
            return TokenUsage.none();
        }
        // No content may mean that the answer was no stream: the number of its tokens is unknown then, not zero.
        long countedOutput = totals.tokens() == 0 ? -1 : totals.tokens();
        return (reported == null ? TokenUsage.unknown() : reported)
                .orElseEstimated(estimatedInputTokens, countedOutput);
    }

    @Override
    public CallInfo info() {
        return info;
    }

    @Override
    public void trace(String traceId, String spanId) {
        change(() -> info = info.withTrace(traceId, spanId));
    }

    @Override
    public synchronized void attach(Object key, Object value) {
        int length = attachments.length;
        attachments = Arrays.copyOf(attachments, length + 2);
        attachments[length] = key;
        attachments[length + 1] = value;
    }

    @Override
    public synchronized @Nullable Object attachment(Object key) {
        for (int i = attachments.length - 2; i >= 0; i -= 2) {
            if (attachments[i] == key) {
                return attachments[i + 1];
            }
        }
        return null;
    }
}
