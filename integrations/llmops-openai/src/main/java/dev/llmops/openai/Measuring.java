package dev.llmops.openai;

import com.openai.core.RequestOptions;
import com.openai.core.Timeout;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.Scope;
import dev.llmops.core.record.Operation;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.core.response.ResponseStream;
import dev.llmops.openai.internal.OpenAiResponseReader;
import dev.llmops.openai.internal.Request;
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

    private final LlmOpenAi settings;
    private final ResponseReaders readers;

    Measuring(LlmOpenAi settings) {
        this.settings = settings;
        this.readers = ResponseReaders.of(settings.llmops().telemetry(), new OpenAiResponseReader());
    }

    @Nullable
    Object call(Operation operation, Method method, Object[] arguments, Sending sending) throws Throwable {
        Request request = Request.of(method, arguments[0]);
        LlmCallBuilder builder = settings.llmops()
                .call(operation, settings.provider(), request.model())
                .streaming(Endpoints.isStreaming(method))
                .choices(request.choices())
                .user(request.user());
        if (arguments[arguments.length - 1] instanceof RequestOptions options) {
            Timeout timeout = options.getTimeout();
            builder.deadline(timeout == null ? null : timeout.request());
        }
        settings.beforeCall(builder);
        LlmCall call = builder.joining().start();
        settings.onCall(call);
        request.addAttributesTo(call);
        if (call.capturesContent()) {
            capturePrompt(arguments[0], call);
        }
        if (settings.includesUsage()) {
            arguments[0] = UsageRequest.addTo(arguments[0], Endpoints.isStreaming(method));
        }
        return send(call, request, arguments, sending);
    }

    private void capturePrompt(Object params, LlmCall call) {
        try {
            String prompt = PromptText.of(params);
            if (!prompt.isEmpty()) {
                call.input(prompt);
            }
        } catch (RuntimeException e) {
            settings.llmops()
                    .telemetry()
                    .failure("openai_prompt", e, "the prompt is not captured; the call is unaffected");
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
        if (response instanceof HttpResponse spoken) {
            return SpeechResponse.observe(spoken, call, request.spokenCharacters());
        }
        if (response instanceof StreamResponse<?> stream) {
            return observed(stream, call, request);
        }
        if (response instanceof AsyncStreamResponse<?> stream) {
            return observed(stream, call, request);
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

    private <T> StreamResponse<T> observed(StreamResponse<T> stream, LlmCall call, Request request) {
        return new ObservedStream<>(stream, report(call, request));
    }

    private <T> AsyncStreamResponse<T> observed(AsyncStreamResponse<T> stream, LlmCall call, Request request) {
        return new ObservedAsyncStream<>(stream, report(call, request));
    }

    private <T> ResponseStream<T> report(LlmCall call, Request request) {
        return ResponseStream.of(call, readers, new FinishedChoices(request.choices()));
    }
}
