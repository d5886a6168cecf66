package dev.llmops.samples.gateway.calls;

import dev.llmops.core.LlmCall;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.samples.gateway.provider.ProviderCall;
import dev.llmops.samples.gateway.provider.ProviderChunk;
import dev.llmops.samples.gateway.provider.ProviderException;
import dev.llmops.samples.gateway.provider.ProviderHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One call to a model: tells the observed {@link LlmCall} what the provider sends, and ends both when the first of
 * these happens: the answer is complete, the provider fails, the deadline passes, the client leaves, the gateway
 * stops. Confined to its client's event loop.
 */
public final class ModelCall implements ProviderHandler {

    private final LlmCall call;
    private final boolean streaming;
    private final long estimatedInputTokens;
    private final AnswerSink sink;
    private final List<Runnable> onOver = new ArrayList<>(3);
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Double> scores = new LinkedHashMap<>();
    private @Nullable ProviderCall provider;
    private @Nullable String finishReason;
    private @Nullable String retryAfter;
    private boolean chunkSeen;
    private boolean over;
    // An ending by the library's watchdog comes from its thread.
    private volatile @Nullable CallRecord record;

    ModelCall(LlmCall call, boolean streaming, long estimatedInputTokens, AnswerSink sink) {
        this.call = call;
        this.streaming = streaming;
        this.estimatedInputTokens = estimatedInputTokens;
        this.sink = sink;
    }

    /** Says what to do once the call is over, before its client is told. */
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

    @Override
    public void onChunk(ProviderChunk chunk) {
        if (!chunkSeen && chunk.id() != null) {
            call.attribute("gen_ai.response.id", chunk.id());
        }
        chunkSeen = true;
        count(chunk);
        text.append(chunk.content());
        scores.putAll(chunk.scores());
        if (chunk.finishReason() != null) {
            finishReason = chunk.finishReason();
        }
        if (chunk.model() != null) {
            call.responseModel(chunk.model());
        }
        sink.onChunk(chunk, this);
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
        end(() -> {
            if (finishReason == null) {
                call.finish();
            } else {
                call.finish(finishReason);
            }
        });
    }

    @Override
    public void onFailure(Exception failure) {
        if (failure instanceof ProviderException refusal) {
            refused(refusal);
        } else {
            end(() -> call.fail(failure));
        }
    }

    private void refused(ProviderException refusal) {
        retryAfter = refusal.retryAfter();
        if (!chunkSeen) {
            // Refused as a whole: no model worked, and nobody will bill it.
            call.usage(TokenUsage.inclusive(0, 0));
        }
        end(() -> call.fail(refusal.error()));
    }

    /** The budget has no room; no model was asked. */
    void rejected(CallError reason) {
        end(() -> call.reject(reason));
    }

    boolean isOver() {
        return over;
    }

    /** The client's deadline has passed. */
    void deadlinePassed() {
        end(call::timeOut);
    }

    /** The client has left; there is nobody to tell. */
    void clientGone() {
        if (!over) {
            over(call::cancel);
        }
    }

    /** The gateway stops. */
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
            sink.onEnd(new ModelAnswer(over(ending), text.toString(), retryAfter));
        }
    }

    private CallRecord over(Runnable ending) {
        over = true;
        if (provider == null) {
            // Nothing was sent, so nothing was used.
            call.usage(TokenUsage.inclusive(0, 0));
        } else {
            provider.cancel();
        }
        call.output(text.toString());
        ending.run();
        onOver.forEach(Runnable::run);
        if (record == null) {
            throw new IllegalStateException("the call has ended without a record");
        }
        return record;
    }
}
