package dev.llmops.core;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;

/** Passes the items of an iterator on and ends a call with it. */
final class CallIterator<T> implements ObservedIterator<T> {

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
