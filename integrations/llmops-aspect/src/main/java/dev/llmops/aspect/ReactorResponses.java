package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.reactor.LlmReactor;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Observes Reactor's publishers; loaded only if Reactor is on the class path. */
final class ReactorResponses {

    private final LlmOps llmops;
    private final ResponseReaders readers;

    ReactorResponses(LlmOps llmops, ResponseReaders readers) {
        this.llmops = llmops;
        this.readers = readers;
    }

    boolean supports(Object response) {
        return response instanceof Publisher;
    }

    /**
     * Observes a publisher.
     *
     * @param response the publisher
     * @param start starts the call of a subscription
     * @param onResponse reads the item of a publisher of one
     * @return a {@link Mono} for a {@link Mono}, and else a {@link Flux}
     */
    Object observe(Object response, CallStart start, BiConsumer<Object, LlmCall> onResponse) {
        Function<ContextView, Optional<LlmCall>> starting =
                context -> Optional.ofNullable(start.start(context.getOrDefault(LlmCall.class, null)));
        if (response instanceof Mono<?> mono) {
            return mono.transform(
                    LlmReactor.observeStarted(llmops, starting, onResponse, (last, call) -> call.endOnce(null)));
        }
        return Flux.from((Publisher<?>) response)
                .transform(LlmReactor.observeStarted(llmops, starting, readers::readChunk, readers::endStream));
    }
}
