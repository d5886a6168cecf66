package dev.llmops.aspect;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Scope;
import dev.llmops.core.response.ResponseReaders;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Passes a publisher on; each subscription is a call. */
final class CallPublisher<T> implements Flow.Publisher<T> {

    private final Flow.Publisher<T> source;
    private final CallStart start;
    private final ResponseReaders readers;

    CallPublisher(Flow.Publisher<T> source, CallStart start, ResponseReaders readers) {
        this.source = source;
        this.start = start;
        this.readers = readers;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        LlmCall call = start.start(null);
        if (call == null) {
            source.subscribe(subscriber);
            return;
        }
        try (Scope scope = call.makeCurrent()) {
            source.subscribe(new CallSubscriber<>(subscriber, call, readers));
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        }
    }

    private static final class CallSubscriber<T> implements Flow.Subscriber<T> {

        private final Flow.Subscriber<? super T> actual;
        private final LlmCall call;
        private final ResponseReaders readers;
        private @Nullable Object last;

        CallSubscriber(Flow.Subscriber<? super T> actual, LlmCall call, ResponseReaders readers) {
            this.actual = actual;
            this.call = call;
            this.readers = readers;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            actual.onSubscribe(new Flow.Subscription() {
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
            last = item;
            if (!call.isEnded()) {
                readers.readChunk(item, call);
            }
            try {
                actual.onNext(item);
            } catch (Throwable e) {
                // A subscriber that throws gets no more signals, so nothing else would end the call.
                call.endOnce(e);
                throw e;
            }
        }

        @Override
        public void onError(Throwable error) {
            call.endOnce(error);
            actual.onError(error);
        }

        @Override
        public void onComplete() {
            readers.endStream(last, call);
            actual.onComplete();
        }
    }
}
