package dev.llmops.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.llmops.core.LlmCall;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.langchain4j.internal.LangChain4jReader;
import org.jspecify.annotations.Nullable;

/**
 * Passes everything on to the application's handler and reports it to the call. Each method calls the same method of the
 * handler: that with a context, whose default calls the one without, lets the application cancel.
 */
final class ObservedHandler implements StreamingChatResponseHandler {

    private final StreamingChatResponseHandler handler;
    private final LlmCall call;
    private final ResponseReaders readers;
    private final @Nullable Invocation invocation;

    /** The last exception of the handler: models report it as an error and go on with the stream. */
    private volatile @Nullable Throwable thrown;

    ObservedHandler(
            StreamingChatResponseHandler handler,
            LlmCall call,
            ResponseReaders readers,
            @Nullable Invocation invocation) {
        this.handler = handler;
        this.call = call;
        this.readers = readers;
        this.invocation = invocation;
    }

    @Override
    public void onPartialResponse(String text) {
        readers.readChunk(text, call);
        handOver(() -> handler.onPartialResponse(text));
    }

    @Override
    public void onPartialResponse(PartialResponse response, PartialResponseContext context) {
        readers.readChunk(response, call);
        handOver(() ->
                handler.onPartialResponse(response, new PartialResponseContext(new Handle(context.streamingHandle()))));
    }

    @Override
    public void onPartialThinking(PartialThinking thinking) {
        readers.readChunk(thinking, call);
        handOver(() -> handler.onPartialThinking(thinking));
    }

    @Override
    public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
        readers.readChunk(thinking, call);
        handOver(() ->
                handler.onPartialThinking(thinking, new PartialThinkingContext(new Handle(context.streamingHandle()))));
    }

    @Override
    public void onPartialToolCall(PartialToolCall toolCall) {
        readers.readChunk(toolCall, call);
        handOver(() -> handler.onPartialToolCall(toolCall));
    }

    @Override
    public void onPartialToolCall(PartialToolCall toolCall, PartialToolCallContext context) {
        readers.readChunk(toolCall, call);
        handOver(() ->
                handler.onPartialToolCall(toolCall, new PartialToolCallContext(new Handle(context.streamingHandle()))));
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall toolCall) {
        handOver(() -> handler.onCompleteToolCall(toolCall));
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        handOver(() -> handler.onUnmappedRawEvent(event));
    }

    private void handOver(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable e) {
            thrown = e;
            throw e;
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        if (!call.isEnded()) {
            readers.readResponse(response, call);
            LangChain4jReader.end(response, call);
        }
        handler.onCompleteResponse(response);
    }

    @Override
    public void onError(Throwable error) {
        if (!isOfHandler(error)) {
            call.endOnce(error);
        }
        handler.onError(error);
    }

    private boolean isOfHandler(Throwable error) {
        Throwable ofHandler = thrown;
        return ofHandler != null && (error == ofHandler || error.getCause() == ofHandler);
    }

    /** Ends the call with the stream: no callback comes after a cancel. */
    private final class Handle implements StreamingHandle {

        private final StreamingHandle handle;

        Handle(StreamingHandle handle) {
            this.handle = handle;
        }

        @Override
        public void cancel() {
            call.close();
            if (invocation != null) {
                invocation.cancel();
            }
            handle.cancel();
        }

        @Override
        public boolean isCancelled() {
            return handle.isCancelled();
        }
    }
}
