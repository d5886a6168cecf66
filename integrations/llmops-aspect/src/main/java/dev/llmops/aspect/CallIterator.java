package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import dev.llmops.core.ObservedIterator;
import dev.llmops.core.response.ResponseReaders;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Passes the items of an iterator on, and ends a call that has started as they end. */
final class CallIterator<T> implements ObservedIterator<T> {

    private final Iterator<T> source;
    private final LlmCall call;
    private final ResponseReaders readers;
    private @Nullable Object last;

    CallIterator(Iterator<T> source, LlmCall call, ResponseReaders readers) {
        this.source = source;
        this.call = call;
        this.readers = readers;
    }

    @Override
    public boolean hasNext() {
        try {
            boolean hasNext = source.hasNext();
            if (!hasNext) {
                readers.endStream(last, call);
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
            last = item;
            if (!call.isEnded()) {
                readers.readChunk(item, call);
            }
            return item;
        } catch (NoSuchElementException e) {
            readers.endStream(last, call);
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
