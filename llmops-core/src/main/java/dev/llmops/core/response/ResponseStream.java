package dev.llmops.core.response;

import dev.llmops.core.LlmCall;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reports the items and the end of one streamed response to its call, for integrations that pass the stream of a client
 * library on. The items reach the application unchanged. One thread at a time reports items; {@link #closed()} may come from
 * any thread meanwhile.
 *
 * @param <T> the type of the items
 * @since 0.1.0
 */
public final class ResponseStream<T> {

    private final LlmCall call;
    private final ResponseReaders readers;
    private final Predicate<? super T> completes;
    private volatile @Nullable T last;
    private volatile boolean isWhole;

    private ResponseStream(LlmCall call, ResponseReaders readers, Predicate<? super T> completes) {
        this.call = call;
        this.readers = readers;
        this.completes = completes;
    }

    /**
     * Creates the report of a stream.
     *
     * @param call the call, which has started
     * @param readers read the items
     * @param completes returns true for the item with which the answer is whole, after which an application may well close
     *     the stream without reading on; asked about every item, in order
     * @param <T> the type of the items
     * @return the report, of one stream
     */
    public static <T> ResponseStream<T> of(LlmCall call, ResponseReaders readers, Predicate<? super T> completes) {
        return new ResponseStream<>(call, readers, completes);
    }

    /**
     * Reports an item.
     *
     * @param item the item, as it arrived
     */
    public void item(T item) {
        last = item;
        if (!call.isEnded()) {
            readers.readChunk(item, call);
            isWhole = isWhole || completes.test(item);
        }
    }

    /** Ends the call at the end of the stream, as the reader of the last item judges. */
    public void completed() {
        readers.endStream(last, call);
    }

    /**
     * Ends the call with the exception that ended the stream.
     *
     * @param error the exception
     */
    public void failed(Throwable error) {
        call.endOnce(error);
    }

    /** Ends the call because the application closed the stream: complete if the answer was whole, and else cancelled. */
    public void closed() {
        if (isWhole) {
            completed();
        } else {
            call.close();
        }
    }

    /**
     * Passes the items of an iterator on as it reports them.
     *
     * @param source the items
     * @return an iterator of the same items, which throws what the source throws
     */
    public Iterator<T> over(Iterator<T> source) {
        return new Items(source);
    }

    /**
     * Passes the items of a sequential stream on as it reports them.
     *
     * @param source the items
     * @return a stream of the same items; closing it is reported and closes the source
     */
    public Stream<T> over(Stream<T> source) {
        Iterator<T> items = over(source.iterator());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED), false)
                .onClose(this::closed)
                .onClose(source::close);
    }

    private final class Items implements Iterator<T> {

        private final Iterator<T> source;

        Items(Iterator<T> source) {
            this.source = source;
        }

        @Override
        public boolean hasNext() {
            try {
                boolean hasNext = source.hasNext();
                if (!hasNext) {
                    completed();
                }
                return hasNext;
            } catch (Throwable e) {
                failed(e);
                throw e;
            }
        }

        @Override
        public T next() {
            try {
                T item = source.next();
                item(item);
                return item;
            } catch (NoSuchElementException e) {
                completed();
                throw e;
            } catch (Throwable e) {
                failed(e);
                throw e;
            }
        }
    }
}
