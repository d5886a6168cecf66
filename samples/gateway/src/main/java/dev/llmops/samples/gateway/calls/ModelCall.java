package dev.llmops.samples.gateway.calls;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmCall;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.samples.gateway.provider.ProviderCall;
import dev.llmops.samples.gateway.provider.ProviderChunk;
import dev.llmops.samples.gateway.provider.ProviderException;
import dev.llmops.samples.gateway.provider.ProviderHandler;
import dev.llmops.samples.gateway.provider.ProviderHead;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call to a model: reports the provider's answer to the observed {@link LlmCall}, and ends both at the first of these:
 * the answer is complete, the provider fails, the deadline passes, the client disconnects, the gateway stops. Confined to
 * its client's event loop.
 */
public final class ModelCall implements ProviderHandler {

    /** The longest answer that is kept for the record and for {@code /chat}; a stream goes on beyond it. */
    static final int MAX_KEPT_CHARACTERS = 1 << 20;

    private static final String CUT = "… (cut)";

    private final LlmCall call;
    private final boolean streaming;
    private final long estimatedInputTokens;
    private final Function<LiveCall, Future<?>> booking;
    private final AnswerSink sink;
    private final List<Runnable> onOver = new ArrayList<>(3);
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Double> scores = new LinkedHashMap<>();
    private @Nullable ProviderCall provider;
    private @Nullable ProviderException refusal;
    private Consumer<ProviderHead> onHead = head -> {};
    private Consumer<String> beforeEnd = answer -> {};
    private boolean refused;
    private boolean cut;
    private int status = 200;
    private boolean chunkSeen;
    private boolean over;
    // An ending by the library's watchdog comes from its thread.
    private volatile @Nullable CallRecord record;

    /**
     * Creates a call.
     *
     * @param booking completes once the ended call is in the ledger's journal; the client is answered then
     */
    ModelCall(
            LlmCall call,
            boolean streaming,
            long estimatedInputTokens,
            Function<LiveCall, Future<?>> booking,
            AnswerSink sink) {
        this.call = call;
        this.streaming = streaming;
        this.estimatedInputTokens = estimatedInputTokens;
        this.booking = booking;
        this.sink = sink;
    }

    /** Sets the action that sees the answer's text just before the call ends. */
    void beforeEnd(Consumer<String> action) {
        beforeEnd = action;
    }

    /** Adds an action to run when the call is over, before its client is answered. */
    void onOver(Runnable action) {
        onOver.add(action);
    }

    LlmCall observed() {
        return call;
    }

    void attachTo(ProviderCall provider) {
        this.provider = provider;
    }

    void recorded(CallRecord record) {
        this.record = record;
    }

    /** Evaluation scores that came with the answer, by name. */
    Map<String, Double> scores() {
        return scores;
    }

    /** Sets the action to run when the provider's headers arrive. */
    void onHead(Consumer<ProviderHead> action) {
        onHead = action;
    }

    @Override
    public void onHead(ProviderHead head) {
        status = head.status();
        onHead.accept(head);
    }

    @Override
    public void onRetry() {
        call.retry();
    }

    @Override
    public void onChunk(ProviderChunk chunk) {
        if (!chunkSeen && chunk.id() != null) {
            call.attribute("gen_ai.response.id", chunk.id());
        }
        chunkSeen = true;
        count(chunk);
        keep(chunk.content());
        scores.putAll(chunk.scores());
        keep(chunk.refusal());
        if (!refused && !chunk.refusal().isEmpty()) {
            refused = true;
            call.refusal();
        }
        // Asked for by the model; the client runs it, out of sight.
        chunk.tools().forEach(tool -> call.tool(tool).close());
        chunk.finishReasons().forEach(call::finishReason);
        if (chunk.model() != null) {
            call.responseModel(chunk.model());
        }
        sink.onChunk(chunk);
    }

    @Override
    public void onReadComplete() {
        sink.onReadComplete(this);
    }

    private void keep(String piece) {
        int room = MAX_KEPT_CHARACTERS - text.length();
        if (piece.length() <= room) {
            text.append(piece);
        } else if (!cut) {
            cut = true;
            text.append(piece, 0, room).setLength(MAX_KEPT_CHARACTERS - CUT.length());
            text.append(CUT);
        }
    }

    private void count(ProviderChunk chunk) {
        if (chunk.usage() != null) {
            call.usage(chunk.usage());
            chunk.billing().forEach(call::attribute);
        }
        if (!streaming) {
            // An answer in one piece has no first token; only its length can stand in for missing usage.
            if (chunk.usage() == null) {
                call.usage(TokenUsage.estimated(
                        OptionalLong.of(estimatedInputTokens), OptionalLong.of(chunk.outputTokens())));
            }
        } else if (chunk.isReasoning()) {
            call.reasoningChunk(chunk.outputTokens());
        } else {
            call.chunk(chunk.outputTokens());
        }
    }

    @Override
    public void onEnd() {
        end(call::finish);
    }

    @Override
    public void onFailure(Exception failure) {
        if (failure instanceof ProviderException error) {
            refusal = error;
            end(() -> call.fail(error.error()));
        } else {
            end(() -> call.fail(failure));
        }
    }

    /** Ends the call because no budget has room for it; the model was not asked. */
    void rejected(CallError reason) {
        end(() -> call.reject(reason));
    }

    boolean isOver() {
        return over;
    }

    /** Ends the call because the client's deadline has passed. */
    void deadlinePassed() {
        end(call::timeOut);
    }

    /** Ends the call because the client has disconnected; nothing is answered. */
    void clientGone() {
        if (!over) {
            over(call::cancel);
        }
    }

    /** Ends the call because the gateway stops. */
    void stop() {
        end(call::cancel);
    }

    /** Slows the provider down, until {@link #resume}. */
    public void pause() {
        if (provider != null) {
            provider.pause();
        }
    }

    public void resume() {
        if (provider != null) {
            provider.resume();
        }
    }

    private void end(Runnable ending) {
        if (!over) {
            CallRecord ended = over(ending);
            ModelAnswer answer = new ModelAnswer(ended, text.toString(), status, refusal);
            booking.apply(call.live()).onComplete(booked -> sink.onEnd(answer));
        }
    }

    private CallRecord over(Runnable ending) {
        over = true;
        if (provider == null) {
            // Nothing was sent, so nothing was used.
            call.usage(TokenUsage.none());
        } else {
            provider.cancel();
        }
        call.output(text.toString());
        if (chunkSeen) {
            beforeEnd.accept(text.toString());
        }
        ending.run();
        onOver.forEach(Runnable::run);
        if (record == null) {
            throw new IllegalStateException("the call has ended without a record");
        }
        return record;
    }
}
