package dev.llmops.reactor;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Scope;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Fuseable;
import reactor.core.Scannable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Passes the signals of one subscription on and reports them to its call.
 *
 * <p>The call is current from the start of the subscription to the first item or terminal signal on the same thread, so
 * that what the source does meanwhile joins it and what the consumer does with the items does not. Synchronous fusion is
 * kept. Asynchronous fusion is declined: items would be stamped when they are taken, not when they arrive.
 */
final class CallSubscriber<T> implements CoreSubscriber<T>, Fuseable.QueueSubscription<T>, Scannable {

    private final CoreSubscriber<? super T> actual;
    private final @Nullable LlmCall call;
    private final CallSource<T> calls;
    private final Context context;
    private final Thread owner = Thread.currentThread();
    private final @Nullable LlmCall before = LlmCall.current();
    private final Scope scope;
    private boolean isScopeOpen = true;

    /** Plain, since a request that overlaps the first signal may go either way. */
    private boolean hasSignal;

    private @Nullable T last;
    private @Nullable Subscription upstream;
    private Fuseable.@Nullable QueueSubscription<T> queue;

    CallSubscriber(CoreSubscriber<? super T> actual, @Nullable LlmCall call, CallSource<T> calls) {
        this.actual = actual;
        this.call = call;
        this.calls = calls;
        this.context =
                call == null ? actual.currentContext() : actual.currentContext().put(LlmCall.class, call);
        this.scope = call == null ? Scope.NOOP : call.makeCurrent();
    }

    /** Restores the former context of the subscribing thread, and of any other to which the call was carried. */
    void leaveScope() {
        if (Thread.currentThread() == owner && isScopeOpen) {
            isScopeOpen = false;
            scope.close();
        }
        hasSignal = true;
        if (call != null && LlmCall.current() == call) {
            LlmCall.setCurrent(before);
        }
    }

    void endOnce(@Nullable Throwable error) {
        if (call != null && error != null) {
            call.endOnce(error);
        } else if (call != null) {
            calls.complete(last, call);
        }
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void onSubscribe(Subscription subscription) {
        if (Operators.validate(upstream, subscription)) {
            upstream = subscription;
            queue = subscription instanceof Fuseable.QueueSubscription<?> fused
                    ? (Fuseable.QueueSubscription<T>) fused
                    : null;
            actual.onSubscribe(this);
        }
    }

    @Override
    public void onNext(T item) {
        report(item);
        try {
            actual.onNext(item);
        } catch (Throwable e) {
            // A subscriber that throws gets no more signals, so nothing else would end the call.
            endOnce(e);
            throw e;
        }
    }

    private void report(T item) {
        if (call != null && !call.isEnded()) {
            last = item;
            calls.report(item, call);
        }
        leaveScope();
    }

    @Override
    public void onError(Throwable error) {
        endOnce(error);
        leaveScope();
        actual.onError(error);
    }

    @Override
    public void onComplete() {
        endOnce(null);
        leaveScope();
        actual.onComplete();
    }

    @Override
    public void request(long n) {
        LlmCall current = LlmCall.current();
        if (upstream == null || call == null || hasSignal || current == call) {
            requestUpstream(n);
            return;
        }
        // Automatic context propagation has put the context of the consumer here, which does not know the call.
        LlmCall.setCurrent(call);
        try {
            requestUpstream(n);
        } finally {
            LlmCall.setCurrent(current);
        }
    }

    private void requestUpstream(long n) {
        if (upstream != null) {
            upstream.request(n);
        }
    }

    @Override
    public void cancel() {
        if (call != null) {
            call.close();
        }
        if (upstream != null) {
            upstream.cancel();
        }
    }

    @Override
    public int requestFusion(int requestedMode) {
        return queue == null || (requestedMode & Fuseable.SYNC) == 0
                ? Fuseable.NONE
                : queue.requestFusion(requestedMode & ~Fuseable.ASYNC);
    }

    @Override
    public @Nullable T poll() {
        try {
            T item = queue == null ? null : queue.poll();
            if (item == null) {
                endOnce(null);
                leaveScope();
            } else {
                report(item);
            }
            return item;
        } catch (Throwable e) {
            endOnce(e);
            leaveScope();
            throw e;
        }
    }

    @Override
    public boolean isEmpty() {
        return queue == null || queue.isEmpty();
    }

    @Override
    public int size() {
        return queue == null ? 0 : queue.size();
    }

    @Override
    public void clear() {
        if (queue != null) {
            queue.clear();
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Object scanUnsafe(Attr key) {
        if (key == Attr.PARENT) {
            return upstream;
        }
        if (key == Attr.ACTUAL) {
            return actual;
        }
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : null;
    }
}
