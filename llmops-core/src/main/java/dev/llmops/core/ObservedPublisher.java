package dev.llmops.core;

import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Passes a stream on unchanged and tells a call of it. A fresh call begins with each subscription; it ends as cancelled
 * when the subscriber cancels, and with the terminal signal otherwise.
 */
final class ObservedPublisher<T> implements Flow.Publisher<T> {

    private final Supplier<LlmCall.Builder> calls;
    private final Flow.Publisher<T> source;
    private final BiConsumer<? super T, LlmCall> onItem;

    ObservedPublisher(
            Supplier<LlmCall.Builder> calls, Flow.Publisher<T> source, BiConsumer<? super T, LlmCall> onItem) {
        this.calls = calls;
        this.source = source;
        this.onItem = onItem;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        LlmCall call = calls.get().start();
        try (Scope scope = call.makeCurrent()) {
            source.subscribe(new ObservedSubscriber(call, subscriber));
        }
    }

    private final class ObservedSubscriber implements Flow.Subscriber<T> {

        private final LlmCall call;
        private final Flow.Subscriber<? super T> subscriber;

        ObservedSubscriber(LlmCall call, Flow.Subscriber<? super T> subscriber) {
            this.call = call;
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    subscription.request(n);
                }

                @Override
                public void cancel() {
                    call.close();
                    subscription.cancel();
                }
            });
        }

        @Override
        public void onNext(T item) {
            call.report(item, onItem);
            subscriber.onNext(item);
        }

        @Override
        public void onError(Throwable error) {
            if (!call.isEnded()) {
                call.fail(error);
            }
            subscriber.onError(error);
        }

        @Override
        public void onComplete() {
            if (!call.isEnded()) {
                call.finish();
            }
            subscriber.onComplete();
        }
    }
}
