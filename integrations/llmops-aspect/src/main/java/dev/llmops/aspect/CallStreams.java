package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import dev.llmops.core.response.ResponseReaders;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Passes the items of the JDK's streams on, and ends a call that has started as they end. */
final class CallStreams {

    private CallStreams() {}

    /** Returns an observed stream of the same kind, or null for kinds that are not the JDK's. */
    static @Nullable Object observe(BaseStream<?, ?> source, LlmCall call, ResponseReaders readers) {
        if (source instanceof Stream<?> items) {
            return readers.observe(items, call);
        }
        if (source instanceof IntStream numbers) {
            return readers.observe(numbers.boxed(), call).mapToInt(Integer::intValue);
        }
        if (source instanceof LongStream numbers) {
            return readers.observe(numbers.boxed(), call).mapToLong(Long::longValue);
        }
        return source instanceof DoubleStream numbers
                ? readers.observe(numbers.boxed(), call).mapToDouble(Double::doubleValue)
                : null;
    }
}
