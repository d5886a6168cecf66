package dev.llmops.core.internal;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Passes the items of an iterator on, and shows them and their end to an observer. Not thread-safe.
 *
 * @param <T> the type of the items
 */
public class ObservedItems<T> implements Iterator<T>, AutoCloseable {

    private final Iterator<T> source;
    private final ItemObserver<? super T> observer;

    /**
     * Creates an iterator over the same items.
     *
     * @param source the items; closed with this iterator if it can be closed
     * @param observer sees the items
     */
    public ObservedItems(Iterator<T> source, ItemObserver<? super T> observer) {
        this.source = source;
        this.observer = observer;
    }

    /**
     * Creates a sequential stream of the same items.
     *
     * @param source the stream, which is closed with the one returned
     * @param iterator its iterator
     * @param observer sees the items
     * @param <T> the type of the items
     * @return the stream; closing it before its end cancels
     */
    public static <T> Stream<T> stream(Stream<T> source, Iterator<T> iterator, ItemObserver<? super T> observer) {
        ObservedItems<T> items = new ObservedItems<>(iterator, observer);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED), false)
                .onClose(items::close)
                .onClose(source::close);
    }

    @Override
    public final boolean hasNext() {
        try {
            boolean hasNext = source.hasNext();
            if (!hasNext) {
                observer.completed();
            }
            return hasNext;
        } catch (Throwable e) {
            observer.failed(e);
            throw e;
        }
    }

    @Override
    public final T next() {
        try {
            T item = source.next();
            observer.item(item);
            return item;
        } catch (NoSuchElementException e) {
            observer.completed();
            throw e;
        } catch (Throwable e) {
            observer.failed(e);
            throw e;
        }
    }

    @Override
    public final void close() {
        observer.cancelled();
        if (source instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("observed iterator could not be closed", e);
            }
        }
    }
}
