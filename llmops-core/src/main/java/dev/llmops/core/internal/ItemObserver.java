package dev.llmops.core.internal;

/**
 * Sees the items of an iterator or a publisher and its end. No method throws; what comes after the end is ignored.
 *
 * @param <T> the type of the items
 */
public interface ItemObserver<T> {

    /**
     * Makes what is observed, such as a call, current on this thread.
     *
     * @return restores the former context; run it on this thread
     */
    Runnable makeCurrent();

    /**
     * Sees an item on its way to the consumer.
     *
     * @param item the item
     */
    void item(T item);

    /** Sees the end after the last item. */
    void completed();

    /**
     * Sees a failure of the source or of its consumer.
     *
     * @param error the exception
     */
    void failed(Throwable error);

    /** Sees that the consumer wants no more. */
    void cancelled();
}
