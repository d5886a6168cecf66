package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.response.ObservedInputStream;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.core.telemetry.Telemetry;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ends the calls of methods by what they returned: with the end of a stream, a future or a publisher, else at once. */
final class ResponseObserver {

    private final LlmOps llmops;
    private final ResponseReaders readers;
    private final @Nullable ReactorResponses reactor;

    ResponseObserver(LlmOps llmops, ResponseReaders readers) {
        this.llmops = llmops;
        this.readers = readers;
        boolean hasReactor = OptionalLibrary.isPresent("reactor.core.publisher.Flux")
                && OptionalLibrary.isPresent("dev.llmops.reactor.LlmReactor");
        this.reactor = hasReactor ? new ReactorResponses(llmops, readers) : null;
    }

    /** Observes a publisher, each subscription of which starts a call. */
    @Nullable
    Object whenSubscribed(@Nullable Object response, ObservedMethod method, CallStart start) {
        if (response == null) {
            return null;
        }
        Object observed = publisher(response, method, start);
        if (observed == null || !method.returnType().isInstance(observed)) {
            unsupported();
            return response;
        }
        return observed;
    }

    private @Nullable Object publisher(Object response, ObservedMethod method, CallStart start) {
        if (response instanceof Flow.Publisher<?> publisher) {
            return readers.observe(publisher, () -> start.start(null));
        }
        return reactor != null && reactor.supports(response)
                ? reactor.observe(response, start, (item, call) -> whole(item, method, call))
                : null;
    }

    /** Observes what a method returned after its call had started. */
    @Nullable
    Object observe(@Nullable Object response, ObservedMethod method, LlmCall call, CallStart start) {
        if (response == null) {
            call.endOnce(method.shape().isNeverNull() ? new NullPointerException("the method returned null") : null);
            return null;
        }
        if (response instanceof CompletionStage<?> stage) {
            return stage(stage, method, call);
        }
        Object observed = stream(response, method, call, start);
        if (observed != null && method.returnType().isInstance(observed)) {
            return observed;
        }
        if (observed != null || method.shape().isStreaming() || hasOpenBody(response)) {
            unsupported();
        }
        whole(response, method, call);
        call.endOnce(null);
        return response;
    }

    private static boolean hasOpenBody(Object response) {
        return response instanceof HttpResponse<?> http
                && (http.body() instanceof InputStream
                        || http.body() instanceof Stream
                        || http.body() instanceof Flow.Publisher);
    }

    /** A side branch: the caller gets its own stage back, so that cancelling it cancels the original. */
    private Object stage(CompletionStage<?> stage, ObservedMethod method, LlmCall call) {
        var unused = stage.whenComplete((result, error) -> {
            if (error == null) {
                whole(result, method, call);
            }
            call.endOnce(error);
        });
        return stage;
    }

    private @Nullable Object stream(Object response, ObservedMethod method, LlmCall call, CallStart start) {
        if (response instanceof BaseStream<?, ?> stream) {
            return CallStreams.observe(stream, call, readers);
        }
        if (response instanceof Iterator<?> iterator) {
            return readers.observe(iterator, call);
        }
        if (response instanceof InputStream body) {
            return ObservedInputStream.of(body, call, readers);
        }
        if (response instanceof Iterable<?> items
                && !(response instanceof Collection)
                && method.returnType() == Iterable.class) {
            return new CallIterable<>(items, call, readers);
        }
        if (ClosableResponse.supports(method.returnType())) {
            return ClosableResponse.observe(response, method.returnType(), call, readers);
        }
        return publisher(response, method, firstOf(call, start));
    }

    /** A publisher that the declared type did not announce: its first subscription is the call that has started. */
    private static CallStart firstOf(LlmCall started, CallStart others) {
        AtomicReference<@Nullable LlmCall> first = new AtomicReference<>(started);
        return outer -> {
            LlmCall call = first.getAndSet(null);
            return call != null ? call : others.start(outer);
        };
    }

    private void whole(@Nullable Object response, ObservedMethod method, LlmCall call) {
        Object known = response instanceof Optional<?> optional ? optional.orElse(null) : response;
        readers.readResponse(known, call);
        TagValues.ofResult(method.resultTags(), known, llmops.telemetry())
                .forEach((tag, value) -> tag.report(call, value));
    }

    private void unsupported() {
        llmops.telemetry().count(Telemetry.Kind.DROPPED, "llm_observed_return_type");
    }
}
