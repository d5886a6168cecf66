package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import dev.llmops.core.response.ResponseReaders;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The items of a call that has started; the first iteration is the answer, others pass unobserved. */
final class CallIterable<T> implements Iterable<T> {

    private final Iterable<T> source;
    private final AtomicReference<@Nullable LlmCall> call;
    private final ResponseReaders readers;

    CallIterable(Iterable<T> source, LlmCall call, ResponseReaders readers) {
        this.source = source;
        this.call = new AtomicReference<>(call);
        this.readers = readers;
    }

    @Override
    public Iterator<T> iterator() {
        LlmCall first = call.getAndSet(null);
        return first == null ? source.iterator() : readers.observe(source.iterator(), first);
    }
}
