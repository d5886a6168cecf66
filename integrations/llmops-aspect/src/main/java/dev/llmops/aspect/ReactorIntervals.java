package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Records phases and tools that are publishers; loaded only if Reactor is on the class path. */
final class ReactorIntervals {

    private ReactorIntervals() {}

    static Object observe(Object response, Class<?> returnType, Function<@Nullable LlmCall, Intervals.Interval> begin) {
        if (response instanceof Mono<?> mono) {
            return mono(mono, begin);
        }
        return response instanceof Flux<?> flux ? flux(flux, begin) : response;
    }

    private static <T> Mono<T> mono(Mono<T> source, Function<@Nullable LlmCall, Intervals.Interval> begin) {
        return Mono.deferContextual(context -> {
            Intervals.Interval interval = begin.apply(context.getOrDefault(LlmCall.class, null));
            return source.doOnError(interval::end).doFinally(signal -> interval.end(null));
        });
    }

    private static <T> Flux<T> flux(Flux<T> source, Function<@Nullable LlmCall, Intervals.Interval> begin) {
        return Flux.deferContextual(context -> {
            Intervals.Interval interval = begin.apply(context.getOrDefault(LlmCall.class, null));
            return source.doOnError(interval::end).doFinally(signal -> interval.end(null));
        });
    }
}
