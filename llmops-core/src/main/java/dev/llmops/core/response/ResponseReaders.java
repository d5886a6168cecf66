package dev.llmops.core.response;

import dev.llmops.core.LlmCall;
import dev.llmops.core.ObservedIterator;
import dev.llmops.core.internal.ObservedFlow;
import dev.llmops.core.internal.ObservedItems;
import dev.llmops.core.internal.Services;
import dev.llmops.core.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The readers of an application: its own first, then those that {@link java.util.ServiceLoader} finds, then those for text,
 * {@linkplain ServerSentEvent server-sent events} and the JDK's {@code HttpResponse}. Of those that support a type, the first reads it. An item of a type
 * that no reader knows counts as a chunk of one token; an unknown response has no usage.
 *
 * <p>A reader that throws is counted under {@code llm.telemetry.failures}; the application is unaffected. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ResponseReaders {

    private static final int MAX_KNOWN_TYPES = 1_000;
    private static final String REMEDY = "fix the ResponseReader; responses are unaffected";

    private final Telemetry telemetry;
    private final List<ResponseReader> readers;
    private final Map<Class<?>, ResponseReader> byType = new ConcurrentHashMap<>();

    private ResponseReaders(Telemetry telemetry, List<ResponseReader> own) {
        this.telemetry = telemetry;
        List<ResponseReader> inOrder = new ArrayList<>(own);
        inOrder.addAll(Services.load(
                ResponseReader.class,
                e -> telemetry.failure(
                        "response_reader_service",
                        e,
                        "the reader is left out; fix META-INF/services or add the library that it needs")));
        inOrder.add(new EventReader());
        inOrder.add(new HttpResponseReader());
        inOrder.add(new TextReader());
        this.readers = List.copyOf(inOrder);
    }

    /**
     * Creates the readers of an application.
     *
     * @param telemetry counts readers that fail, usually that of the {@code LlmOps}
     * @param own the application's own readers, most important first
     * @return its own readers and those of {@link java.util.ServiceLoader}
     */
    public static ResponseReaders of(Telemetry telemetry, ResponseReader... own) {
        return new ResponseReaders(telemetry, List.of(own));
    }

    /**
     * Reads a whole response.
     *
     * @param response the response, or null
     * @param call the call that it answers
     */
    public void readResponse(@Nullable Object response, LlmCall call) {
        if (response != null) {
            guarded(() -> reader(response).readResponse(response, call));
        }
    }

    /**
     * Reads an item of a stream.
     *
     * @param chunk the item, or null
     * @param call the call that it belongs to
     */
    public void readChunk(@Nullable Object chunk, LlmCall call) {
        if (chunk != null) {
            guarded(() -> reader(chunk).readChunk(chunk, call));
        }
    }

    /**
     * Ends a call whose stream has completed without an exception, as the reader of its last item judges.
     *
     * @param last the last item, or null if there was none
     * @param call the call; nothing happens if it has ended
     */
    public void endStream(@Nullable Object last, LlmCall call) {
        if (last != null && !call.isEnded()) {
            guarded(() -> reader(last).endStream(call));
        }
        call.endOnce(null);
    }

    /**
     * Observes an iterator that is the answer of a call, and ends the call with it.
     *
     * @param items the items of the answer
     * @param call the call, which has started
     * @param <T> the type of the items
     * @return an iterator of the same items; close it unless it is read to its end
     */
    public <T> ObservedIterator<T> observe(Iterator<T> items, LlmCall call) {
        return new ReadIterator<>(items, new ReadObserver(this, call));
    }

    /**
     * Observes a sequential stream that is the answer of a call, and ends the call with it.
     *
     * @param items the items of the answer
     * @param call the call, which has started
     * @param <T> the type of the items
     * @return a stream of the same items; closing it closes {@code items}, and before its end cancels the call
     */
    public <T> Stream<T> observe(Stream<T> items, LlmCall call) {
        return ObservedItems.stream(items, items.iterator(), new ReadObserver(this, call));
    }

    /**
     * Observes a publisher, each subscription of which is the answer of a call.
     *
     * @param items the items of the answer
     * @param calls starts the call of a subscription, or gives null to leave the subscription unobserved; must not throw
     * @param <T> the type of the items
     * @return a publisher of the same items
     */
    public <T> Flow.Publisher<T> observe(Flow.Publisher<T> items, Supplier<? extends @Nullable LlmCall> calls) {
        return new ObservedFlow<>(items, () -> {
            LlmCall call = calls.get();
            return call == null ? null : new ReadObserver(this, call);
        });
    }

    void droppedEvent() {
        telemetry.count(Telemetry.Kind.DROPPED, "event_too_long");
    }

    private ResponseReader reader(Object item) {
        ResponseReader known = byType.get(item.getClass());
        if (known != null) {
            return known;
        }
        ResponseReader found = find(item.getClass());
        if (byType.size() < MAX_KNOWN_TYPES) {
            byType.put(item.getClass(), found);
        }
        return found;
    }

    private ResponseReader find(Class<?> type) {
        for (ResponseReader reader : readers) {
            if (supports(reader, type)) {
                return reader;
            }
        }
        return UnknownReader.INSTANCE;
    }

    private boolean supports(ResponseReader reader, Class<?> type) {
        try {
            return reader.supports(type);
        } catch (NoClassDefFoundError e) {
            return false; // The library that it reads is absent, and so are its types.
        } catch (Exception | LinkageError e) {
            telemetry.failure("ResponseReader.supports", e, REMEDY);
            return false;
        }
    }

    private void guarded(Runnable reading) {
        try {
            reading.run();
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            telemetry.failure("ResponseReader.read", e, REMEDY);
        }
    }

    private static final class ReadIterator<T> extends ObservedItems<T> implements ObservedIterator<T> {

        ReadIterator(Iterator<T> source, ReadObserver observer) {
            super(source, observer);
        }
    }

    /** Knows nothing of an item but that it came. */
    private enum UnknownReader implements ResponseReader {
        INSTANCE;

        @Override
        public boolean supports(Class<?> type) {
            return true;
        }

        @Override
        public void readResponse(Object response, LlmCall call) {}

        @Override
        public void readChunk(Object chunk, LlmCall call) {
            call.chunk(1);
        }
    }
}
