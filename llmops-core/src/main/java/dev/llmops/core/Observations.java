package dev.llmops.core;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Ends calls as the observed code, future, iterator or stream ends. */
final class Observations {

    private Observations() {}

    static <T extends @Nullable Object, X extends Exception> T run(LlmCall call, CallBody<T, X> body) throws X {
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
                    call.report(result, onResult);
                }
                call.endOnce(error);
            });
        }
        return stage;
    }

    static <T> ObservedIterator<T> iterator(
            LlmCall call, Function<LlmCall, ? extends Iterator<T>> body, BiConsumer<? super T, LlmCall> onItem) {
        Iterator<T> source = start(call, body);
        return new CallIterator<>(call, source == null ? Collections.emptyIterator() : source, onItem);
    }

    static <T> Stream<T> stream(
            LlmCall call, Function<LlmCall, Stream<T>> body, BiConsumer<? super T, LlmCall> onItem) {
        Stream<T> source = start(call, body);
        if (source == null) {
            return Stream.empty();
        }
        Iterator<T> iterator = start(call, live -> source.iterator());
        CallIterator<T> items = new CallIterator<>(call, iterator, onItem);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED), false)
                .onClose(items::close)
                .onClose(source::close);
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

    /** Passes the items of an iterator on and ends a call with it. */
    private static final class CallIterator<T> implements ObservedIterator<T> {

        private final LlmCall call;
        private final Iterator<T> source;
        private final BiConsumer<? super T, LlmCall> onItem;

        CallIterator(LlmCall call, Iterator<T> source, BiConsumer<? super T, LlmCall> onItem) {
            this.call = call;
            this.source = source;
            this.onItem = onItem;
        }

        @Override
        public boolean hasNext() {
            try {
                boolean hasNext = source.hasNext();
                if (!hasNext) {
                    call.endOnce(null);
                }
                return hasNext;
            } catch (Throwable e) {
                call.endOnce(e);
                throw e;
            }
        }

        @Override
        public T next() {
            try {
                T item = source.next();
                call.report(item, onItem);
                return item;
            } catch (NoSuchElementException e) {
                call.endOnce(null);
                throw e;
            } catch (Throwable e) {
                call.endOnce(e);
                throw e;
            }
        }

        @Override
        public void close() {
            call.close();
            if (source instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException("observed iterator could not be closed", e);
                }
            }
        }
    }
}
