package dev.llmops.samples.gateway.calls;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Phase;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.version.VersionSet;
import dev.llmops.cost.budget.BudgetDecision;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.http.OutOfMemory;
import dev.llmops.samples.gateway.privacy.Privacy;
import dev.llmops.samples.gateway.provider.OpenAiClient;
import dev.llmops.samples.gateway.provider.ProviderRequest;
import dev.llmops.samples.gateway.provider.TokenEstimate;
import dev.llmops.samples.gateway.release.Assigned;
import dev.llmops.samples.gateway.release.ReleaseUnit;
import dev.llmops.samples.gateway.release.Releases;
import dev.llmops.tracing.TraceHeaders;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts the observed calls to one provider and keeps track of the open ones. */
public final class ModelCalls {

    private static final Object MODEL_CALL = new Object();
    private static final long POLL_MILLIS = 10;
    private static final String CONVERSATION_HEADER = "x-conversation-id";

    private final Vertx vertx;
    private final LlmOps llmops;
    private final Privacy privacy;
    private final BudgetGate budgets;
    private final OpenAiClient client;
    private final ForwardedHeaders forwarded;
    private final String provider;
    private final Releases releases;
    private final Function<LiveCall, Future<?>> booking;
    private final Map<ModelCall, Context> open = new ConcurrentHashMap<>();

    /**
     * Creates the calls to one provider.
     *
     * @param booking completes once an ended call is in the ledger's journal; its client is answered then
     * @param provider its name in every view
     */
    public ModelCalls(
            Vertx vertx,
            LlmOps llmops,
            Privacy privacy,
            BudgetGate budgets,
            Releases releases,
            Function<LiveCall, Future<?>> booking,
            OpenAiClient client,
            ForwardedHeaders forwarded,
            String provider) {
        this.vertx = vertx;
        this.llmops = llmops;
        this.privacy = privacy;
        this.budgets = budgets;
        this.releases = releases;
        this.booking = booking;
        this.client = client;
        this.forwarded = forwarded;
        this.provider = provider;
    }

    /** Returns a listener that hands each call its record; add it last, so that the views have it before the client. */
    public static LlmListener recordsToCalls() {
        return new LlmListener() {
            @Override
            public void callEnded(LiveCall live, CallRecord record) {
                if (live.attachment(MODEL_CALL) instanceof ModelCall call) {
                    call.recorded(record);
                }
            }
        };
    }

    /** Sends a client's request to the model; call on the client's event loop, which also gets the answer. */
    public void start(Exchange exchange, ModelRequest named, AnswerSink sink) {
        ModelRequest asked = named.of(exchange.identity().userOr(named.user()));
        Optional<Assigned> assigned = releases.assign(unit(exchange, asked));
        ModelRequest request =
                assigned.map(arm -> asked.withModel(arm.model(asked.model()))).orElse(asked);
        String prompt = request.prompt();
        long estimatedInput = TokenEstimate.of(prompt);
        LlmCall observed = observe(exchange, request, assigned, estimatedInput).input(prompt);
        ModelCall call = new ModelCall(observed, request.isStreaming(), estimatedInput, booking, sink);
        observed.live().attach(MODEL_CALL, call);

        call.onHead(head -> exchange.relay(head.relayed()));
        open.put(call, vertx.getOrCreateContext());
        call.beforeEnd(answer -> privacy.recordLeaks(observed, prompt, answer));
        call.onOver(() -> open.remove(call));
        call.onOver(() ->
                call.scores().forEach((name, score) -> llmops.evaluation(exchange.requestId, name, score, null, null)));
        if (request.budget() != null) {
            long deadline = vertx.setTimer(request.budget().toMillis(), passed -> call.deadlinePassed());
            call.onOver(() -> vertx.cancelTimer(deadline));
        }
        exchange.onClientGone(call::clientGone);
        Phase queue = observed.phase("queue");
        budgets.admit(observed, request)
                .onComplete(decided -> queue.close())
                .map(decision -> proceed(exchange, request, call, decision))
                .onFailure(failure -> {
                    OutOfMemory.check(failure);
                    call.onFailure(new IllegalStateException("the call was not started", failure));
                });
    }

    private ModelCall proceed(Exchange exchange, ModelRequest request, ModelCall call, BudgetDecision decision) {
        if (decision instanceof BudgetDecision.Refused refused) {
            call.rejected(BudgetGate.error(refused.refusal()));
        } else if (!call.isOver()) {
            call.attachTo(client.send(
                    new ProviderRequest(
                            request.format(), request.body(), request.fallback(), headers(exchange, call.observed())),
                    call));
        } else if (decision instanceof BudgetDecision.Granted granted) {
            // The client left, or its deadline passed, while Redis was asked.
            granted.hold().release();
        }
        return call;
    }

    private ReleaseUnit unit(Exchange exchange, ModelRequest request) {
        return new ReleaseUnit(
                exchange.requestId, exchange.request.getHeader(CONVERSATION_HEADER), request.user(), tenant(exchange));
    }

    private static @Nullable String tenant(Exchange exchange) {
        return exchange.identity().tenantOr(exchange.request.getHeader("x-tenant"));
    }

    private LlmCall observe(Exchange exchange, ModelRequest request, Optional<Assigned> assigned, long estimatedInput) {
        String model = privacy.name(request.model());
        LlmCallBuilder call = llmops.call(request.format().operation(), provider, model)
                .requestId(exchange.requestId)
                .conversationId(privacy.nameOrNull(exchange.request.getHeader(CONVERSATION_HEADER)))
                .user(privacy.nameOrNull(request.user()))
                .tenant(privacy.nameOrNull(tenant(exchange)))
                .feature(privacy.nameOrNull(request.feature()))
                .serverAddress(client.serverAddress())
                .streaming(request.isStreaming())
                .estimatedInputTokens(estimatedInput);
        if (request.budget() != null) {
            call.deadline(request.budget());
        }
        LlmCall started = exchange.trace.start(
                call, model, assigned.map(Assigned::changes).orElse(VersionSet.empty()));
        assigned.ifPresent(arm -> arm.mark(started));
        RequestAttributes.addTo(started, request.body());
        String traceId = started.live().info().traceId();
        if (traceId != null) {
            exchange.belongsTo(traceId);
        }
        return started;
    }

    /**
     * Waits until all calls have ended. Those that have not in time, because their event loop is busy, are recorded as
     * cancelled without it, so that no view misses them.
     *
     * @return the number of those that have not ended in time
     */
    public int awaitEndings(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!open.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Set<ModelCall> left = Set.copyOf(open.keySet());
        left.forEach(call -> call.observed().cancel());
        return left.size();
    }

    /** Ends every open call as cancelled; their clients are told. */
    public void stopAll() {
        open.forEach((call, eventLoop) -> eventLoop.runOnContext(now -> call.stop()));
    }

    private Map<String, String> headers(Exchange exchange, LlmCall call) {
        Map<String, String> headers = forwarded.of(exchange);
        TraceHeaders.write(call, headers::put);
        return headers;
    }
}
