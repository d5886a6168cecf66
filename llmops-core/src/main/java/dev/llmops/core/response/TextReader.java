package dev.llmops.core.response;

import dev.llmops.core.LlmCall;

/** Reads streams of text: a piece that is not empty is content of one token. */
final class TextReader implements ResponseReader {

    @Override
    public boolean supports(Class<?> type) {
        return CharSequence.class.isAssignableFrom(type);
    }

    @Override
    public void readResponse(Object response, LlmCall call) {}

    @Override
    public void readChunk(Object chunk, LlmCall call) {
        call.chunk(((CharSequence) chunk).isEmpty() ? 0 : 1);
    }
}
