package dev.llmops.core.response;

import dev.llmops.core.LlmCall;

/**
 * Reads responses of one client library, so that a call learns its usage, response model and finish reasons from the object
 * that the application receives. Implementations are registered with {@link java.util.ServiceLoader} under this interface's
 * name, or passed to {@link ResponseReaders#of}. Must be thread-safe.
 *
 * <pre>{@code
 * final class ChatReader implements ResponseReader {
 *     public boolean supports(Class<?> type) {
 *         return ChatChunk.class.isAssignableFrom(type);
 *     }
 *
 *     public void readResponse(Object response, LlmCall call) {
 *         ChatChunk chat = (ChatChunk) response;
 *         call.usage(TokenUsage.inclusive(chat.inputTokens(), chat.outputTokens())).responseModel(chat.model());
 *     }
 *
 *     public void readChunk(Object chunk, LlmCall call) {
 *         call.chunk(((ChatChunk) chunk).text().isEmpty() ? 0 : 1);
 *     }
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public interface ResponseReader {

    /**
     * Returns true if this reader knows a type. Asked about once per class; the answer must not change.
     *
     * @param type the class of a response or of an item of a stream
     * @return true if the other methods may be called with instances of it
     */
    boolean supports(Class<?> type);

    /**
     * Reads a whole response: its usage, model, finish reasons. Reports no chunk, since the answer was no stream, and does
     * not end the call unless the response is an error.
     *
     * @param response an instance of a supported type
     * @param call the call that it answers
     */
    void readResponse(Object response, LlmCall call);

    /**
     * Reads an item of a stream: its content, by {@link LlmCall#chunk(int)} or {@link LlmCall#reasoningChunk(int)}, and
     * what it says about usage, model and finish reasons. An item that is an error object ends the call as failed.
     *
     * @param chunk an instance of a supported type
     * @param call the call that it belongs to
     */
    void readChunk(Object chunk, LlmCall call);

    /**
     * Ends a call whose stream has completed without an exception; called if this reader read the last item. By default
     * the call is complete, unless it has finish reasons that say otherwise. Readers of protocols in which every choice
     * has a finish reason call {@link LlmCall#endOfStream()}, so that a stream that was cut short is a failure. Called at
     * most once, and only if the call has not ended.
     *
     * @param call the call
     */
    default void endStream(LlmCall call) {
        call.endOnce(null);
    }
}
