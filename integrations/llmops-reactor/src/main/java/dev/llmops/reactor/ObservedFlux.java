package dev.llmops.reactor;

import reactor.core.CoreSubscriber;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** A stream of which each subscription is a call. Always fuseable: its subscriptions decline where the source cannot. */
final class ObservedFlux<T> extends FluxOperator<T, T> implements Fuseable {

    private final CallSource<T> calls;

    ObservedFlux(Flux<? extends T> source, CallSource<T> calls) {
        super(source);
        this.calls = calls;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        calls.subscribe(actual, source::subscribe);
    }
}
