package dev.llmops.reactor;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.util.context.ContextView;

/**
 * Starts a call for each subscription, and reports to it.
 *
 * @param llmops observes the calls
 * @param call starts the call of a subscription, from its context; empty to leave it unobserved
 * @param onItem reports an item
 * @param onEnd ends the call of a stream that completed; takes the last item, or null if there was none
 */
record CallSource<T>(
        LlmOps llmops,
        Function<ContextView, Optional<LlmCall>> call,
        BiConsumer<? super T, LlmCall> onItem,
        BiConsumer<@Nullable Object, LlmCall> onEnd) {

    /** Subscribes with a call, or without one if none can be started. */
    void subscribe(CoreSubscriber<? super T> actual, Consumer<CoreSubscriber<? super T>> source) {
        LlmCall started = start(actual.currentContext());
        CallSubscriber<T> observed = new CallSubscriber<>(actual, started, this);
        try {
            source.accept(observed);
        } catch (Throwable e) {
            observed.endOnce(e);
            throw e;
        } finally {
            observed.leaveScope();
        }
    }

    private @Nullable LlmCall start(ContextView context) {
        try {
            return call.apply(context).orElse(null);
        } catch (Exception | LinkageError | AssertionError e) {
            failed("LlmReactor.call", e, "fix the function that describes the call; the stream went on unobserved");
            return null;
        }
    }

    void report(T item, LlmCall live) {
        try {
            onItem.accept(item, live);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            failed("LlmReactor.onItem", e, "fix the function that reads the items; they are unaffected");
        }
    }

    /** Ends the call of a stream that completed, unless it has ended. */
    void complete(@Nullable Object last, LlmCall live) {
        if (live.isEnded()) {
            return;
        }
        try {
            onEnd.accept(last, live);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            failed("LlmReactor.onEnd", e, "fix the function that ends the calls; the stream is unaffected");
            live.endOnce(null);
        }
    }

    private void failed(String where, Throwable error, String remedy) {
        llmops.telemetry().failure(where, error, remedy);
    }
}
