package dev.llmops.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.Timeout;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.llmops.anthropic.internal.AnthropicResponseReader;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.Scope;
import dev.llmops.core.record.Operation;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.core.response.ResponseStream;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Measures one call of a model: starts it, sends the request, and ends it as the response does. */
final class Measuring {

    /** Sends the request. */
    interface Sending {
        @Nullable
        Object send(Object[] arguments) throws Throwable;
    }

    private final LlmAnthropic settings;
    private final ResponseReaders readers;

    Measuring(LlmAnthropic settings) {
        this.settings = settings;
        this.readers = ResponseReaders.of(settings.llmops().telemetry(), new AnthropicResponseReader());
    }

    @Nullable
    Object call(Operation operation, Method method, Object[] arguments, Sending sending) throws Throwable {
        Request request = Request.of(method, arguments[0]);
        LlmCallBuilder builder = settings.llmops()
                .call(operation, settings.provider(), request.model())
                .streaming(Endpoints.isStreaming(method))
                .user(request.user());
        if (arguments[arguments.length - 1] instanceof RequestOptions options) {
            builder.deadline(options.timeout().map(Timeout::request).orElse(null));
        }
        settings.beforeCall(builder);
        LlmCall call = builder.joining().start();
        settings.onCall(call);
        addTo(call, request);
        return send(call, request, arguments, sending);
    }

    private void addTo(LlmCall call, Request request) {
        try {
            request.addTo(call);
        } catch (RuntimeException e) {
            settings.llmops()
                    .telemetry()
                    .failure("anthropic_request", e, "the call lacks facts of its request; it goes on");
        }
    }

    private @Nullable Object send(LlmCall call, Request request, Object[] arguments, Sending sending) throws Throwable {
        try (Scope scope = call.makeCurrent()) {
            return answered(sending.send(arguments), call, request);
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the application gets it
    private @Nullable Object answered(@Nullable Object response, LlmCall call, Request request) {
        if (response instanceof CompletableFuture<?> future) {
            return later(future, call, request);
        }
        if (response instanceof HttpResponseFor<?> raw) {
            return RawResponse.observe(raw, call, parsed -> answered(parsed, call, request));
        }
        if (response instanceof StreamResponse<?> stream) {
            return observed(stream, call);
        }
        if (response instanceof AsyncStreamResponse<?> stream) {
            return observed(stream, call);
        }
        readers.readResponse(response, call);
        call.endOnce(null);
        return response;
    }

    /** The application gets the client's own future, except where what it brings is to be observed in turn. */
    private CompletableFuture<?> later(CompletableFuture<?> future, LlmCall call, Request request) {
        if (request.isRaw()) {
            return future.whenComplete((response, error) -> {
                        if (error != null) {
                            call.endOnce(error);
                        }
                    })
                    .thenApply(response -> answered(response, call, request));
        }
        var unused = future.whenComplete((response, error) -> {
            if (error == null) {
                readers.readResponse(response, call);
            }
            call.endOnce(error);
        });
        return future;
    }

    private <T> StreamResponse<T> observed(StreamResponse<T> stream, LlmCall call) {
        return new ObservedStream<>(stream, report(call));
    }

    private <T> AsyncStreamResponse<T> observed(AsyncStreamResponse<T> stream, LlmCall call) {
        return new ObservedAsyncStream<>(stream, report(call));
    }

    private <T> ResponseStream<T> report(LlmCall call) {
        return ResponseStream.of(call, readers, Measuring::isWhole);
    }

    /** The delta of the message, which holds the stop reason and the usage, is the last event that says anything. */
    private static boolean isWhole(Object event) {
        if (event instanceof BetaRawMessageStreamEvent beta) {
            return beta.isMessageDelta() || beta.isMessageStop();
        }
        return event instanceof RawMessageStreamEvent message && (message.isMessageDelta() || message.isMessageStop());
    }
}
