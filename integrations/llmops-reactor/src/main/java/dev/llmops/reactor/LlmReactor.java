package dev.llmops.reactor;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import dev.llmops.core.response.ResponseReaders;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Observes a {@link Flux} or a {@link Mono}: each subscription is a call of its own, which starts when it subscribes and
 * ends with the terminal signal, or as cancelled.
 *
 * <pre>{@code
 * Flux<Chunk> answer = client.stream(question)
 *     .timeout(Duration.ofSeconds(30))
 *     .transform(LlmReactor.observe(
 *         llmops,
 *         context -> llmops.call(Operation.CHAT, "openai", "gpt-4o").user(context.get("user")).streaming(true),
 *         (chunk, call) -> call.chunk(chunk.tokens())));
 * }</pre>
 *
 * <p>Place it below operators that retry or time out to see these as one call with one ending, and above {@code retry} to
 * see each attempt as a call. The call is in the Reactor context under the key {@code LlmCall.class} for everything above
 * the operator, and current on the subscribing thread until the first signal, so that other integrations join it.
 *
 * <p>Signals pass unchanged, in order and on the same thread, and fused sources stay fused. Nothing is thrown into the
 * stream: a function that fails is counted under {@code llm.telemetry.failures}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LlmReactor {

    private LlmReactor() {}

    /**
     * Returns a function for {@code transform} that observes a {@link Flux} or a {@link Mono}.
     *
     * @param llmops observes the calls
     * @param call describes the call of a subscription, from its context; if it fails, the stream goes on unobserved
     * @param onItem reports what an item holds
     * @param <T> the type of the items
     * @return a function that returns a {@link Mono} for a {@link Mono}, and else a {@link Flux}
     */
    public static <T> Function<Publisher<T>, Publisher<T>> observe(
            LlmOps llmops, Function<ContextView, LlmCallBuilder> call, BiConsumer<? super T, LlmCall> onItem) {
        return observeStarted(llmops, starting(call), onItem, (last, live) -> live.endOnce(null));
    }

    /**
     * Returns a function for {@code transform} that observes a {@link Flux}, whose items are chunks, or a {@link Mono},
     * whose item is a whole response.
     *
     * @param llmops observes the calls
     * @param call describes the call of a subscription, from its context; if it fails, the stream goes on unobserved
     * @param readers read the items, and judge the end of the stream
     * @param <T> the type of the items
     * @return a function that returns a {@link Mono} for a {@link Mono}, and else a {@link Flux}
     */
    public static <T> Function<Publisher<T>, Publisher<T>> observe(
            LlmOps llmops, Function<ContextView, LlmCallBuilder> call, ResponseReaders readers) {
        Function<ContextView, Optional<LlmCall>> start = starting(call);
        return source -> source instanceof Mono
                ? LlmReactor.<T>observeStarted(llmops, start, readers::readResponse, (last, live) -> live.endOnce(null))
                        .apply(source)
                : LlmReactor.<T>observeStarted(llmops, start, readers::readChunk, readers::endStream)
                        .apply(source);
    }

    private static Function<ContextView, Optional<LlmCall>> starting(Function<ContextView, LlmCallBuilder> call) {
        return context -> Optional.of(call.apply(context)
                .joining(context.getOrDefault(LlmCall.class, null))
                .start());
    }

    /**
     * Returns a function for {@code transform} that observes calls which other code starts; for integrations.
     *
     * @param llmops observes the calls
     * @param start starts the call of a subscription, joining that of its context; empty to leave it unobserved
     * @param onItem reports what an item holds
     * @param onEnd ends the call of a stream that completed; takes the last item, or null if there was none
     * @param <T> the type of the items
     * @return a function that returns a {@link Mono} for a {@link Mono}, and else a {@link Flux}
     */
    public static <T> Function<Publisher<T>, Publisher<T>> observeStarted(
            LlmOps llmops,
            Function<ContextView, Optional<LlmCall>> start,
            BiConsumer<? super T, LlmCall> onItem,
            BiConsumer<@Nullable Object, LlmCall> onEnd) {
        // The item of a Mono is its end: a consumer that cancels after it has stopped nothing.
        BiConsumer<T, LlmCall> onlyItem = (item, live) -> {
            onItem.accept(item, live);
            onEnd.accept(item, live);
        };
        return source -> source instanceof Mono<T> mono
                ? new ObservedMono<>(mono, new CallSource<>(llmops, start, onlyItem, onEnd))
                : new ObservedFlux<>(Flux.from(source), new CallSource<>(llmops, start, onItem, onEnd));
    }
}
