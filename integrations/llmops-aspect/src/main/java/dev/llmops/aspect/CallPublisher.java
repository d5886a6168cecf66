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
        CallSubscriber<T> observed = new CallSubscriber<>(subscriber, call, readers);
        try {
            source.subscribe(observed);
        } catch (Throwable e) {
            call.endOnce(e);
            throw e;
        } finally {
            observed.leaveScope();
        }
    }

    /**
     * Passes the signals on. The call is current from the start of the subscription to the first item or terminal signal on
     * the same thread: what the source does meanwhile joins it, what the consumer does with the items does not.
     */
    private static final class CallSubscriber<T> implements Flow.Subscriber<T> {

        private final Flow.Subscriber<? super T> actual;
        private final LlmCall call;
        private final ResponseReaders readers;
        private final Thread owner = Thread.currentThread();
        private final Scope scope;
        private boolean isScopeOpen = true;
        private @Nullable Object last;

        CallSubscriber(Flow.Subscriber<? super T> actual, LlmCall call, ResponseReaders readers) {
            this.actual = actual;
            this.call = call;
            this.readers = readers;
            this.scope = call.makeCurrent();
        }

        /** Restores the former context of the subscribing thread; does nothing on another thread. */
        void leaveScope() {
            if (Thread.currentThread() == owner && isScopeOpen) {
                isScopeOpen = false;
                scope.close();
            }
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
            leaveScope();
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
            leaveScope();
            actual.onError(error);
        }

        @Override
        public void onComplete() {
            readers.endStream(last, call);
            leaveScope();
            actual.onComplete();
        }
    }
}
