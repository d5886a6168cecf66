package dev.llmops.reactor;

import reactor.core.CoreSubscriber;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/** A single response of which each subscription is a call. Always fuseable: its subscriptions decline where the source cannot. */
final class ObservedMono<T> extends MonoOperator<T, T> implements Fuseable {

    private final CallSource<T> calls;

    ObservedMono(Mono<? extends T> source, CallSource<T> calls) {
        super(source);
        this.calls = calls;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        calls.subscribe(actual, source::subscribe);
    }
}
