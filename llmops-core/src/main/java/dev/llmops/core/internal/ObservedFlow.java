package dev.llmops.core.internal;

import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes a publisher on unchanged; each subscription has an observer of its own.
 *
 * @param <T> the type of the items
 */
public final class ObservedFlow<T> implements Flow.Publisher<T> {

    private final Flow.Publisher<T> source;
    private final Supplier<? extends @Nullable ItemObserver<? super T>> observers;

    /**
     * Creates a publisher of the same items.
     *
     * @param source the items
     * @param observers gives the observer of a subscription, or null to leave it unobserved
     */
    public ObservedFlow(Flow.Publisher<T> source, Supplier<? extends @Nullable ItemObserver<? super T>> observers) {
        this.source = source;
        this.observers = observers;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        ItemObserver<? super T> observer = observers.get();
        if (observer == null) {
            source.subscribe(subscriber);
            return;
        }
        ObservedSubscriber<T> observed = new ObservedSubscriber<>(subscriber, observer);
        try {
            source.subscribe(observed);
        } catch (Throwable e) {
            observer.failed(e);
            throw e;
        } finally {
            observed.leaveContext();
        }
    }

    /**
     * Passes the signals on. The observer is current from the start of the subscription to the first item or terminal signal
     * on the same thread: what the source does meanwhile belongs to it, what the consumer does with the items does not.
     */
    private static final class ObservedSubscriber<T> implements Flow.Subscriber<T> {

        private final Flow.Subscriber<? super T> subscriber;
        private final ItemObserver<? super T> observer;
        private final Thread owner = Thread.currentThread();
        private final Runnable restore;
        private boolean isCurrent = true;

        ObservedSubscriber(Flow.Subscriber<? super T> subscriber, ItemObserver<? super T> observer) {
            this.subscriber = subscriber;
            this.observer = observer;
            this.restore = observer.makeCurrent();
        }

        /** Restores the former context of the subscribing thread; does nothing on another thread. */
        void leaveContext() {
            if (Thread.currentThread() == owner && isCurrent) {
                isCurrent = false;
                restore.run();
            }
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
                    observer.cancelled();
                    subscription.cancel();
                }
            }));
        }

        @Override
        public void onNext(T item) {
            observer.item(item);
            leaveContext();
            handOver(() -> subscriber.onNext(item));
        }

        /** A subscriber that throws gets no more signals, so nothing else would end what is observed. */
        private void handOver(Runnable signal) {
            try {
                signal.run();
            } catch (Throwable e) {
                observer.failed(e);
                throw e;
            }
        }

        @Override
        public void onError(Throwable error) {
            observer.failed(error);
            leaveContext();
            subscriber.onError(error);
        }

        @Override
        public void onComplete() {
            observer.completed();
            leaveContext();
            subscriber.onComplete();
        }
    }
}
