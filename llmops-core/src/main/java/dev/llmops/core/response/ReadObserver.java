package dev.llmops.core.response;

import dev.llmops.core.LlmCall;
import dev.llmops.core.internal.ItemObserver;
import org.jspecify.annotations.Nullable;

/** Reports items to a call as their readers read them, and ends it as the reader of the last one judges. */
final class ReadObserver implements ItemObserver<Object> {

    private final ResponseReaders readers;
    private final LlmCall call;
    private @Nullable Object last;

    ReadObserver(ResponseReaders readers, LlmCall call) {
        this.readers = readers;
        this.call = call;
    }

    @Override
    public Runnable makeCurrent() {
        return call.makeCurrent()::close;
    }

    @Override
    public void item(Object item) {
        last = item;
        if (!call.isEnded()) {
            readers.readChunk(item, call);
        }
    }

    @Override
    public void completed() {
        readers.endStream(last, call);
    }

    @Override
    public void failed(Throwable error) {
        call.endOnce(error);
    }

    @Override
    public void cancelled() {
        call.close();
    }
}
