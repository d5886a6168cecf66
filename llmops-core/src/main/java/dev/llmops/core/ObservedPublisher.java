package dev.llmops.core;

import java.util.concurrent.Flow;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream on unchanged and reports it to a call. A new call starts with each subscription; it ends as cancelled
 * when the subscriber cancels, and with the terminal signal otherwise.
 */
final class ObservedPublisher<T> implements Flow.Publisher<T> {

    private final Supplier<LlmCallBuilder> calls;
    private final Flow.Publisher<T> source;
    private final BiConsumer<? super T, LlmCall> onItem;
    private final CallPipeline pipeline;

    ObservedPublisher(
            Supplier<LlmCallBuilder> calls,
            Flow.Publisher<T> source,
            BiConsumer<? super T, LlmCall> onItem,
            CallPipeline pipeline) {
        this.calls = calls;
        this.source = source;
        this.onItem = onItem;
        this.pipeline = pipeline;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        LlmCall call = start();
        if (call == null) {
            source.subscribe(subscriber);
            return;
        }
        try (Scope scope = call.makeCurrent()) {
            source.subscribe(new ObservedSubscriber(call, subscriber));
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        }
    }

    /** Starts a call; the stream goes on unobserved if that fails. */
    private @Nullable LlmCall start() {
        try {
            return calls.get().start();
        } catch (Throwable e) {
            pipeline.failed("observe_publisher", e, "fix the supplier of the call; the stream went on unobserved");
            return null;
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
            handOver(() -> subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    subscription.request(n);
                }

                @Override
                public void cancel() {
                    call.close();
                    subscription.cancel();
                }
            }));
        }

        @Override
        public void onNext(T item) {
            call.report(item, onItem);
            handOver(() -> subscriber.onNext(item));
        }

        /** A subscriber that throws gets no more signals, so nothing else would end the call. */
        private void handOver(Runnable signal) {
            try {
                signal.run();
            } catch (Throwable e) {
                call.endOnce(e);
                throw e;
            }
        }

        @Override
        public void onError(Throwable error) {
            call.endOnce(error);
            subscriber.onError(error);
        }

        @Override
        public void onComplete() {
            call.endOnce(null);
            subscriber.onComplete();
        }
    }
}
