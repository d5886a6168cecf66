package dev.llmops.tracing;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.Scope;
import dev.llmops.core.ScopeProvider;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.privacy.ContentPolicyAware;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records a span for every call, named {@code {operation} {model}}, with the attributes of OpenTelemetry's GenAI
 * conventions and the call's versions, tenant, cost and outcome. Every figure and timestamp is the record's.
 *
 * <pre>{@code
 * LlmOps llmops = LlmOps.builder().listener(CallSpans.on(openTelemetry)).build();
 * }</pre>
 *
 * <p>The span starts and ends with the call. If the call did not complete, its status is ERROR and {@code llmops.outcome}
 * says how it ended. Its parent is the span that is current when the call starts, unless the call names another trace. {@link dev.llmops.core.LlmCall#makeCurrent()} makes it current.
 *
 * <p>Thread-safe. See docs/decisions/tracing.md.
 *
 * @since 0.1.0
 */
public final class CallSpans implements LlmListener, ScopeProvider, TelemetryAware, ContentPolicyAware {

    private static final String SCOPE_NAME = "dev.llmops.tracing";
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Tracer tracer;
    private final StartAttributes startAttributes;
    private final EndAttributes endAttributes;
    private final ChildSpans childSpans;
    private final EventSpans eventSpans;
    private final CallBaggage baggage;
    private volatile ContentPolicy contentPolicy = ContentPolicy.ofDefaults();

    private record CallSpan(Span span, Context context) {}

    private CallSpans(Builder builder) {
        @Nullable String version = CallSpans.class.getPackage().getImplementationVersion();
        var tracerBuilder = builder.openTelemetry.tracerBuilder(SCOPE_NAME).setSchemaUrl(builder.profile.schemaUrl());
        var loggerBuilder = builder.openTelemetry
                .getLogsBridge()
                .loggerBuilder(SCOPE_NAME)
                .setSchemaUrl(builder.profile.schemaUrl());
        if (version != null) {
            tracerBuilder.setInstrumentationVersion(version);
            loggerBuilder.setInstrumentationVersion(version);
        }
        this.tracer = tracerBuilder.build();
        this.startAttributes = new StartAttributes(builder.inProcessProviders);
        this.endAttributes = new EndAttributes(builder.profile);
        this.childSpans = new ChildSpans(tracer);
        this.eventSpans = new EventSpans(tracer, loggerBuilder.build(), builder.laterEvents);
        this.baggage = new CallBaggage(builder.propagatesVersionSet, builder.passesBaggage);
    }

    /**
     * Creates a listener with every default.
     *
     * @param openTelemetry where they go
     * @return a listener
     */
    public static CallSpans on(OpenTelemetry openTelemetry) {
        return builder(openTelemetry).build();
    }

    /**
     * Creates a builder with every default.
     *
     * @param openTelemetry where they go
     * @return a builder with every default
     */
    public static Builder builder(OpenTelemetry openTelemetry) {
        return new Builder(openTelemetry);
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        baggage.useTelemetry(telemetry);
        endAttributes.useTelemetry(telemetry);
    }

    @Override
    public void useContentPolicy(ContentPolicy policy) {
        this.contentPolicy = policy;
    }

    @Override
    public void callStarted(LiveCall call) {
        CallInfo info = call.info();
        String shownTraceId = info.traceId() == null ? null : ShownTraceIds.of(info.traceId());
        Context current = Context.current();
        TraceParent parent = TraceParent.of(shownTraceId, current);
        SpanKind kind = startAttributes.kind(info);
        Context surroundings = baggage.in(parent.context(), info.versionSet(), kind == SpanKind.INTERNAL);
        SpanBuilder builder = tracer.spanBuilder(StartAttributes.spanName(info))
                .setParent(surroundings)
                .setSpanKind(kind)
                .setStartTimestamp(epochNanos(info.startedAt()), TimeUnit.NANOSECONDS);
        startAttributes.addTo(builder, info, contentPolicy);
        if (parent.link() != null) {
            builder.addLink(parent.link());
        }
        Span span = builder.startSpan();
        SpanContext ids = span.getSpanContext();
        if (!ids.isValid() || ids.equals(Span.fromContext(surroundings).getSpanContext())) {
            // Without an SDK a span is its own parent, even one made up for the trace: no back end would have it.
            Context withoutSpan = baggage.in(current, info.versionSet(), kind == SpanKind.INTERNAL);
            call.attach(this, new CallSpan(Span.getInvalid(), withoutSpan));
            return;
        }
        String shown = shownTraceId == null ? ids.getTraceId() : shownTraceId;
        span.setAttribute(Keys.TRACE_ID, shown);
        call.trace(shown, ids.getSpanId());
        call.attach(this, new CallSpan(span, surroundings.with(span)));
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        if (!(call.attachment(this) instanceof CallSpan started)) {
            return;
        }
        Span span = started.span;
        long startEpochNanos = epochNanos(record.info().startedAt());
        try {
            if (span.isRecording()) {
                endAttributes.addTo(span, record, startEpochNanos, contentPolicy.showsContent());
                childSpans.of(record, started.context, startEpochNanos);
            }
        } finally {
            span.end(startEpochNanos + record.timing().durationNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        eventSpans.show(event, contentPolicy);
    }

    @Override
    public void warmUp(CallRecord sample) {
        CallInfo info = sample.info();
        SpanBuilder unrecorded = OpenTelemetry.noop().getTracer(SCOPE_NAME).spanBuilder(StartAttributes.spanName(info));
        startAttributes.addTo(unrecorded, info, contentPolicy);
        Context parent = TraceParent.of(null, Context.root()).context();
        CallSpan span = new CallSpan(unrecorded.startSpan(), baggage.in(parent, info.versionSet(), false));
        endAttributes.addTo(span.span, sample, epochNanos(info.startedAt()), contentPolicy.showsContent());
    }

    @Override
    public Scope open(LiveCall call) {
        if (!(call.attachment(this) instanceof CallSpan started)) {
            return Scope.NOOP;
        }
        return Scopes.makeCurrent(started.context);
    }

    private static long epochNanos(Instant instant) {
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }

    /** Builds a {@link CallSpans}. Not thread-safe. */
    public static final class Builder {

        private final OpenTelemetry openTelemetry;
        private SpanProfile profile = SpanProfile.GEN_AI;
        private LaterEvents laterEvents = LaterEvents.LINKED_SPAN;
        private Set<String> inProcessProviders = Set.of();
        private boolean propagatesVersionSet = true;
        private Predicate<String> passesBaggage = key -> false;

        private Builder(OpenTelemetry openTelemetry) {
            this.openTelemetry = openTelemetry;
        }

        /**
         * Sets the edition of the GenAI conventions that names the attributes; {@link SpanProfile#GEN_AI} by default.
         *
         * @param profile the edition
         * @return this builder
         */
        public Builder profile(SpanProfile profile) {
            this.profile = profile;
            return this;
        }

        /**
         * Sets the form in which later events, such as feedback, are shown; {@link LaterEvents#LINKED_SPAN} by default.
         *
         * @param way a linked span or a log event
         * @return this builder
         */
        public Builder laterEvents(LaterEvents way) {
            this.laterEvents = way;
            return this;
        }

        /**
         * Sets the providers whose models run inside this process, so that their spans are of kind INTERNAL; none by
         * default.
         *
         * @param providers as given to {@link dev.llmops.core.LlmOps#call}; they replace those named before
         * @return this builder
         */
        public Builder inProcessProviders(String... providers) {
            this.inProcessProviders = Set.copyOf(List.of(providers));
            return this;
        }

        /**
         * Sets whether the version set of a current call travels in W3C baggage, and so to every server that an
         * instrumented client calls; default true.
         *
         * @param propagates false to keep versions inside the process
         * @return this builder
         */
        public Builder propagateVersionSet(boolean propagates) {
            this.propagatesVersionSet = propagates;
            return this;
        }

        /**
         * Sets which entries of the current baggage go on under a call that leaves the process; by default none, since they
         * would reach the model's provider. Local work, such as agents and tools, keeps all of them.
         *
         * @param passes returns true if the entry of a key goes on; must be thread-safe; if it throws, the entry does not
         * @return this builder
         */
        public Builder passBaggage(Predicate<String> passes) {
            this.passesBaggage = passes;
            return this;
        }

        /**
         * Creates the listener.
         *
         * @return a new listener
         */
        public CallSpans build() {
            return new CallSpans(this);
        }
    }

    /**
     * The form in which a trace shows what happens to a call after its span has ended: feedback, evaluations, refusals, risks.
     */
    public enum LaterEvents {

        /**
         * A span of its own, linked to the call's span; the default. It needs nothing but the trace pipeline, and its own
         * trace, since the call's may have been closed, or sampled out, hours ago.
         */
        LINKED_SPAN,

        /**
         * An event of the logs signal in the call's span: {@code gen_ai.evaluation.result}, as the GenAI conventions have it,
         * for evaluations and feedback, {@code llmops.refusal} and {@code llmops.risk} for the others. Needs an OpenTelemetry
         * whose logs pipeline is set up.
         */
        LOG_EVENT
    }
}
