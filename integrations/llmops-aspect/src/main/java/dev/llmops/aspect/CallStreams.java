package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import dev.llmops.core.response.ResponseReaders;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Passes the items of the JDK's streams on, and ends a call that has started as they end. */
final class CallStreams {

    private CallStreams() {}

    /** Returns an observed stream of the same kind, or null for kinds that are not the JDK's. */
    static @Nullable Object observe(BaseStream<?, ?> source, LlmCall call, ResponseReaders readers) {
        if (source instanceof Stream<?> items) {
            return of(items, call, readers);
        }
        if (source instanceof IntStream numbers) {
            return of(numbers.boxed(), call, readers).mapToInt(Integer::intValue);
        }
        if (source instanceof LongStream numbers) {
            return of(numbers.boxed(), call, readers).mapToLong(Long::longValue);
        }
        return source instanceof DoubleStream numbers
                ? of(numbers.boxed(), call, readers).mapToDouble(Double::doubleValue)
                : null;
    }

    static <T> Stream<T> of(Stream<T> source, LlmCall call, ResponseReaders readers) {
        CallIterator<T> items = new CallIterator<>(source.iterator(), call, readers);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED), false)
                .onClose(call::close)
                .onClose(source::close);
    }
}
