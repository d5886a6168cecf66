package dev.llmops.core;

import dev.llmops.core.internal.ItemObserver;
import dev.llmops.core.internal.ObservedFlow;
import dev.llmops.core.internal.ObservedItems;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ends calls as the observed code, future, iterator, stream or publisher ends. */
final class Observations {

    private Observations() {}

    static <T extends @Nullable Object, X extends Exception> T run(LlmCall call, LlmOps.CallBody<T, X> body) throws X {
        try (Scope scope = call.makeCurrent()) {
            T result = body.run(call);
            call.endOnce(null);
            return result;
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        }
    }

    static <T, S extends CompletionStage<T>> S stage(
            LlmCall call, Function<LlmCall, S> body, BiConsumer<? super T, LlmCall> onResult) {
        S stage = start(call, body);
        if (stage != null) {
            // A side branch: the caller gets its own stage back, so that cancelling it cancels the original.
            var unused = stage.whenComplete((result, error) -> {
                if (error == null) {
                    report(call, result, onResult);
                }
                call.endOnce(error);
            });
        }
        return stage;
    }

    static <T> ObservedIterator<T> iterator(
            LlmCall call, Function<LlmCall, ? extends Iterator<T>> body, BiConsumer<? super T, LlmCall> onItem) {
        Iterator<T> source = start(call, body);
        return new CallIterator<>(
                source == null ? Collections.emptyIterator() : source, new CallObserver<>(call, onItem));
    }

    static <T> Stream<T> stream(
            LlmCall call, Function<LlmCall, Stream<T>> body, BiConsumer<? super T, LlmCall> onItem) {
        Stream<T> source = start(call, body);
        if (source == null) {
            return Stream.empty();
        }
        Iterator<T> iterator = start(call, live -> source.iterator());
        return ObservedItems.stream(source, iterator, new CallObserver<T>(call, onItem));
    }

    /** Runs the code that starts the work; code that returns nothing has failed. */
    private static <R> R start(LlmCall call, Function<LlmCall, R> body) {
        try (Scope scope = call.makeCurrent()) {
            R started = body.apply(call);
            if (started == null) {
                call.endOnce(new NullPointerException("the observed code returned null"));
            }
            return started;
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        }
    }

    static <T> Flow.Publisher<T> publisher(
            CallPipeline pipeline,
            Supplier<LlmCallBuilder> calls,
            Flow.Publisher<T> source,
            BiConsumer<? super T, LlmCall> onItem) {
        return new ObservedFlow<>(source, () -> {
            try {
                return new CallObserver<T>(calls.get().start(), onItem);
            } catch (Throwable e) {
                pipeline.failed("observe_publisher", e, "fix the supplier of the call; the stream went on unobserved");
                return null;
            }
        });
    }

    /** Runs the application's reader of an item, which must not disturb the stream. */
    private static <T> void report(LlmCall call, T item, BiConsumer<? super T, LlmCall> onItem) {
        try {
            onItem.accept(item, call);
        } catch (Throwable e) {
            call.state.pipeline.failed("on_item", e, "fix the function that reads the items; they are unaffected");
        }
    }

    private static final class CallIterator<T> extends ObservedItems<T> implements ObservedIterator<T> {

        CallIterator(Iterator<T> source, CallObserver<T> observer) {
            super(source, observer);
        }
    }

    /** Reports items to a call as the application's function reads them, and ends it as they end. */
    private record CallObserver<T>(LlmCall call, BiConsumer<? super T, LlmCall> onItem) implements ItemObserver<T> {

        @Override
        public Runnable makeCurrent() {
            return call.makeCurrent()::close;
        }

        @Override
        public void item(T item) {
            report(call, item, onItem);
        }

        @Override
        public void completed() {
            call.endOnce(null);
        }

        @Override
        public void failed(Throwable error) {
            call.endOnce(error);
        }

        @Override
        public void cancelled() {
            call.close();
        }
    }
}
