package dev.llmops.core;

import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.version.VersionSet;
import dev.llmops.core.version.internal.EffectiveVersions;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Observes calls of language models: one record of each call, for any number of listeners.
 *
 * <pre>{@code
 * LlmOps llmops = LlmOps.builder()
 *     .versionSet(VersionSet.builder().code("1.4.2").prompt("support-v12").build())
 *     .listener(GoldenSignals.on(meterRegistry))
 *     .build();
 * }</pre>
 *
 * <p>Thread-safe; make one per application and close it when the application stops.
 *
 * @since 0.1.0
 */
public final class LlmOps implements AutoCloseable {

    /** The default number of ended calls that later events can be joined to: {@value}. */
    public static final int DEFAULT_RECENT_CALLS = 20_000;

    /** The default time for which later events can be joined to a call: 24 hours. */
    public static final Duration DEFAULT_RECENT_CALLS_MAX_AGE = Duration.ofHours(24);

    /** The default time after which an open call is abandoned: 1 hour. */
    public static final Duration DEFAULT_ABANDON_AFTER = Duration.ofHours(1);

    private static final Duration MAX_SWEEP_INTERVAL = Duration.ofSeconds(5);

    private final CallPipeline pipeline;
    private final VersionSet versionSet;
    private final EffectiveVersions effectiveVersions;
    private final EventJoiner eventJoiner;
    private final LiveCalls.Watchdog watchdog;

    LlmOps(LlmOpsBuilder builder, VersionSet versionSet) {
        this.pipeline = new CallPipeline(builder);
        this.versionSet = versionSet;
        this.effectiveVersions = new EffectiveVersions(versionSet);
        this.eventJoiner = new EventJoiner(pipeline);
        Duration quarter = builder.abandonAfter.dividedBy(4);
        this.watchdog = LiveCalls.Watchdog.start(
                this, pipeline, quarter.compareTo(MAX_SWEEP_INTERVAL) < 0 ? quarter : MAX_SWEEP_INTERVAL);
    }

    /**
     * Creates a builder.
     *
     * @return a builder without listeners
     */
    public static LlmOpsBuilder builder() {
        return new LlmOpsBuilder();
    }

    /**
     * Creates a builder for a call.
     *
     * @param operation the operation
     * @param provider the provider, such as {@code openai}
     * @param model the requested model; of an agent, a tool, a workflow or a data source, its name
     * @return a builder that starts it
     */
    public LlmCallBuilder call(Operation operation, String provider, String model) {
        return new LlmCallBuilder(this, operation, provider, model);
    }

    /**
     * Observes a piece of code: the call is current while it runs; it is finished when the code returns and failed when
     * it throws, unless the code ended it itself.
     *
     * @param call what is about to start
     * @param body the code
     * @param <T> what the code returns
     * @param <X> what it may throw
     * @return what the code returned
     * @throws X what the code threw
     */
    public <T extends @Nullable Object, X extends Exception> T observe(LlmCallBuilder call, CallBody<T, X> body)
            throws X {
        return Observations.run(call.start(), body);
    }

    /**
     * Observes a future: the call ends when the stage does, a cancelled one as cancelled.
     *
     * @param call what is about to start
     * @param body starts the work; runs at once, with the call current
     * @param <T> what the future gives
     * @param <S> the kind of future
     * @return the very stage that {@code body} returned
     */
    public <T, S extends CompletionStage<T>> S observeStage(LlmCallBuilder call, Function<LlmCall, S> body) {
        return observeStage(call, body, (result, live) -> {});
    }

    /**
     * Observes a future and reads its result, for example for its usage. The call ends when the stage does, a cancelled one
     * as cancelled.
     *
     * @param call describes the call
     * @param body starts the work; runs at once, with the call current
     * @param onResult reports what a successful result says; a failure of it is counted, and the stage unaffected
     * @param <T> the type of the result
     * @param <S> the type of the future
     * @return the very stage that {@code body} returned, so that cancelling it cancels the work
     */
    public <T, S extends CompletionStage<T>> S observeStage(
            LlmCallBuilder call, Function<LlmCall, S> body, BiConsumer<? super T, LlmCall> onResult) {
        return Observations.stage(call.start(), body, onResult);
    }

    /**
     * Observes an iterator. The call ends when the iterator does: with its last item, with its exception, or as cancelled
     * when it is closed early.
     *
     * <p>Items are stamped when they are taken, so a slow consumer adds to the gaps between them. Where the client knows
     * when an item arrived, report it with {@link LlmCall#chunk(int, long)}.
     *
     * @param call describes the call
     * @param body starts the work; runs at once, with the call current
     * @param onItem reports what an item holds, usually {@code (item, call) -> call.chunk(item.tokens())}
     * @param <T> the type of the items
     * @return an iterator of the same items; close it unless it is read to its end
     */
    public <T> ObservedIterator<T> observeIterator(
            LlmCallBuilder call, Function<LlmCall, ? extends Iterator<T>> body, BiConsumer<? super T, LlmCall> onItem) {
        return Observations.iterator(call.start(), body, onItem);
    }

    /**
     * Observes a sequential stream. The call ends when the stream does, or as cancelled when it is closed early. Items are
     * stamped as by {@link #observeIterator}.
     *
     * @param call describes the call
     * @param body starts the work; runs at once, with the call current
     * @param onItem reports what an item holds
     * @param <T> the type of the items
     * @return a stream of the same items; closing it closes the stream of {@code body}
     */
    public <T> Stream<T> observeStream(
            LlmCallBuilder call, Function<LlmCall, Stream<T>> body, BiConsumer<? super T, LlmCall> onItem) {
        return Observations.stream(call.start(), body, onItem);
    }

    /**
     * Observes a stream: each subscription is a call of its own, which starts when it subscribes.
     *
     * @param call starts a call for each subscription
     * @param source the stream
     * @param onItem tells the call what an item holds, usually {@code (item, call) -> call.chunk(item.tokens())}
     * @param <T> what the stream gives
     * @return a stream that passes everything on unchanged, and in order
     */
    public <T> Flow.Publisher<T> observePublisher(
            Supplier<LlmCallBuilder> call, Flow.Publisher<T> source, BiConsumer<? super T, LlmCall> onItem) {
        return Observations.publisher(pipeline, call, source, onItem);
    }

    /**
     * Records a person's verdict on an answer.
     *
     * @param requestOrCallId the call, by either id
     * @param verdict up or down
     * @param comment free text, or null
     * @return false when the call is not known, or not any more; this and all other events that are not recorded are
     *     counted under {@code llm.telemetry.dropped}
     */
    public boolean feedback(String requestOrCallId, LlmEvent.Verdict verdict, @Nullable String comment) {
        return feedback(requestOrCallId, verdict, comment, LlmEvent.Feedback.USER, "");
    }

    /**
     * Records a judgement of an answer by a stated source.
     *
     * @param requestOrCallId the call, by either id
     * @param verdict up or down
     * @param comment free text, or null
     * @param source who judged, a word of low cardinality
     * @param identifier tells the judgements of one source apart, or empty
     * @return false when the call is not known, or not any more
     */
    public boolean feedback(
            String requestOrCallId,
            LlmEvent.Verdict verdict,
            @Nullable String comment,
            String source,
            String identifier) {
        return eventJoiner.feedback(requestOrCallId, verdict, comment, source, identifier);
    }

    /**
     * Records a score of an answer.
     *
     * @param requestOrCallId the call, by either id
     * @param evaluation what was judged, such as {@code faithfulness}
     * @param score the score; one that is not finite is dropped and counted
     * @param label the evaluator's verdict in a word, or null
     * @param explanation free text, or null
     * @return false when the call is not known, or not any more, or the score is not finite
     */
    public boolean evaluation(
            String requestOrCallId,
            String evaluation,
            double score,
            @Nullable String label,
            @Nullable String explanation) {
        return evaluation(requestOrCallId, evaluation, score, label, explanation, null);
    }

    /**
     * Records a score of an answer by a stated evaluator.
     *
     * @param requestOrCallId the call, by either id
     * @param evaluation what was judged, such as {@code faithfulness}
     * @param score the score; one that is not finite is dropped and counted
     * @param label the evaluator's verdict in a word, or null
     * @param explanation free text, or null
     * @param evaluator who scored, with its version, or null
     * @return false when the call is not known, or not any more, or the score is not finite
     */
    public boolean evaluation(
            String requestOrCallId,
            String evaluation,
            double score,
            @Nullable String label,
            @Nullable String explanation,
            @Nullable String evaluator) {
        return eventJoiner.evaluation(requestOrCallId, evaluation, score, label, explanation, evaluator);
    }

    /**
     * Records that an answer turned out to be a refusal.
     *
     * @param requestOrCallId the call, by either id
     * @param reason why, in a word of low cardinality
     * @return false when the call is not known, or not any more
     */
    public boolean refusal(String requestOrCallId, String reason) {
        return eventJoiner.refusal(requestOrCallId, reason);
    }

    /**
     * Records a risk that was found after the call.
     *
     * @param requestOrCallId the call, by either id
     * @param finding what was found
     * @return false when the call is not known, or not any more
     */
    public boolean risk(String requestOrCallId, RiskFinding finding) {
        return eventJoiner.risk(requestOrCallId, finding);
    }

    /**
     * Finds a call that ended lately, as later events do.
     *
     * @param requestOrCallId the call, by either id
     * @return its facts; empty when the call is not known, or not any more
     */
    public Optional<CallInfo> recentCall(String requestOrCallId) {
        return pipeline.recentCalls.find(requestOrCallId);
    }

    /**
     * Returns the library's own counters.
     *
     * @return the counters
     */
    public Telemetry telemetry() {
        return pipeline.telemetry;
    }

    /**
     * Returns the versions of calls that set none.
     *
     * @return the version set
     */
    public VersionSet versionSet() {
        return versionSet;
    }

    /**
     * Returns the clock of all elapsed times, to stamp chunks on arrival.
     *
     * @return the ticker
     */
    public Ticker ticker() {
        return pipeline.ticker;
    }

    /**
     * Loads the classes that the first call would otherwise load while it is timed. Runs a few calls that no listener sees,
     * and the {@code warmUp} methods of all listeners and enrichers. Takes some tens of milliseconds; call it once, before
     * the application accepts traffic.
     */
    public void warmUp() {
        WarmUp.run(pipeline);
    }

    /**
     * Returns the policy that decides which private data is kept and shown.
     *
     * @return the policy of all views
     */
    public ContentPolicy contentPolicy() {
        return pipeline.contentPolicy;
    }

    /**
     * Returns the number of calls in flight.
     *
     * @return calls that started and have not ended
     */
    public int activeCalls() {
        return pipeline.liveCalls.size();
    }

    /**
     * Returns the live call that is {@linkplain LlmCall#makeCurrent() current} on this thread.
     *
     * @return the innermost one; empty outside of calls and once it has ended
     */
    public Optional<LlmCall> currentCall() {
        return Optional.ofNullable(pipeline.currentCall()).filter(call -> !call.isEnded());
    }

    CallPipeline pipeline() {
        return pipeline;
    }

    VersionSet effectiveVersionSet(@Nullable VersionSet ofCall) {
        return ofCall == null ? versionSet : effectiveVersions.of(ofCall);
    }

    /** Stops the watchdog after a last sweep for abandoned calls. Other calls in flight may still end. */
    @Override
    public void close() {
        watchdog.close();
    }

    /**
     * Code that makes a call, for {@link LlmOps#observe}.
     *
     * @param <T> what it returns
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface CallBody<T extends @Nullable Object, X extends Exception> {

        /**
         * Makes the call.
         *
         * @param call the live call, to report chunks and usage to
         * @return the result
         * @throws X if the call fails
         */
        T run(LlmCall call) throws X;
    }
}
