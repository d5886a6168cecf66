package dev.llmops.samples.gateway.calls;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.cost.budget.BudgetDecision;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.privacy.Privacy;
import dev.llmops.samples.gateway.provider.OpenAiClient;
import dev.llmops.samples.gateway.provider.TokenEstimate;
import dev.llmops.tracing.TraceHeaders;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Starts the observed calls to one provider, and knows those that are open. */
public final class ModelCalls {

    private static final Object MODEL_CALL = new Object();

    private final Vertx vertx;
    private final LlmOps llmops;
    private final Privacy privacy;
    private final BudgetGate budgets;
    private final OpenAiClient client;
    private final String provider;
    private final Map<ModelCall, Context> open = new ConcurrentHashMap<>();

    /**
     * @param provider its name in every view
     */
    public ModelCalls(
            Vertx vertx, LlmOps llmops, Privacy privacy, BudgetGate budgets, OpenAiClient client, String provider) {
        this.vertx = vertx;
        this.llmops = llmops;
        this.privacy = privacy;
        this.budgets = budgets;
        this.client = client;
        this.provider = provider;
    }

    /** Hands each call's record back to it; comes after all other listeners, so that they know before the client. */
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

    /** Asks the model on behalf of a client; must be called, and answers, on the client's event loop. */
    public void start(Exchange exchange, ModelRequest ask, AnswerSink sink) {
        String prompt = ask.prompt();
        long estimatedInput = TokenEstimate.of(prompt);
        LlmCall observed = observe(exchange, ask, estimatedInput).input(prompt);
        ModelCall call = new ModelCall(observed, ask.isStreaming(), estimatedInput, sink);
        observed.live().attach(MODEL_CALL, call);

        open.put(call, vertx.getOrCreateContext());
        call.onOver(() -> open.remove(call));
        call.onOver(() ->
                call.scores().forEach((name, score) -> llmops.evaluation(exchange.requestId, name, score, null, null)));
        if (ask.budget() != null) {
            long deadline = vertx.setTimer(ask.budget().toMillis(), passed -> call.deadlinePassed());
            call.onOver(() -> vertx.cancelTimer(deadline));
        }
        exchange.onClientGone(call::clientGone);
        budgets.admit(observed.live().info(), ask)
                .map(decision -> proceed(exchange, ask, call, decision))
                .onFailure(failure -> call.onFailure(new IllegalStateException("the call was not started", failure)));
    }

    private ModelCall proceed(Exchange exchange, ModelRequest ask, ModelCall call, BudgetDecision decision) {
        if (decision instanceof BudgetDecision.Refused refused) {
            call.rejected(BudgetGate.error(refused.refusal()));
        } else if (!call.isOver()) {
            call.attachTo(client.send(ask.body(), headers(exchange, call.observed()), call));
        } else if (decision instanceof BudgetDecision.Granted granted) {
            // The client left, or its deadline passed, while Redis was asked.
            granted.hold().release();
        }
        return call;
    }

    private LlmCall observe(Exchange exchange, ModelRequest ask, long estimatedInput) {
        String model = privacy.name(ask.model());
        LlmCall.Builder call = llmops.call(Operation.CHAT, provider, model)
                .requestId(exchange.requestId)
                .user(privacy.nameOrNull(ask.user()))
                .tenant(privacy.nameOrNull(exchange.request.getHeader("x-tenant")))
                .feature(privacy.nameOrNull(ask.feature()))
                .serverAddress(client.serverAddress())
                .streaming(ask.isStreaming())
                .estimatedInputTokens(estimatedInput);
        if (ask.budget() != null) {
            call.deadline(ask.budget());
        }
        LlmCall started = exchange.trace.start(call, model);
        RequestAttributes.addTo(started, ask.body());
        String traceId = started.live().info().traceId();
        if (traceId != null) {
            exchange.belongsTo(traceId);
        }
        return started;
    }

    /** Ends every open call as cancelled; their clients are told. */
    public void stopAll() {
        open.forEach((call, eventLoop) -> eventLoop.runOnContext(now -> call.stop()));
    }

    private static Map<String, String> headers(Exchange exchange, LlmCall call) {
        Map<String, String> headers = new LinkedHashMap<>();
        TraceHeaders.write(call, headers::put);
        String script = exchange.request.getHeader("x-mock");
        if (script != null) {
            headers.put("x-mock", script);
        }
        return headers;
    }
}
