package dev.llmops.core.response;

import dev.llmops.core.LlmCall;
import dev.llmops.core.error.ProviderErrors;
import java.net.http.HttpResponse;

/** Reads the JDK's responses: the status, and a body of text. */
final class HttpResponseReader implements ResponseReader {

    @Override
    public boolean supports(Class<?> type) {
        return HttpResponse.class.isAssignableFrom(type);
    }

    @Override
    public void readResponse(Object response, LlmCall call) {
        HttpResponse<?> http = (HttpResponse<?>) response;
        String body = http.body() instanceof String text ? text : "";
        if (http.statusCode() >= 400) {
            call.fail(ProviderErrors.ofHttp(http.statusCode(), body));
        } else {
            EventReader.readBody(body, call);
        }
    }

    @Override
    public void readChunk(Object chunk, LlmCall call) {
        call.chunk(1);
    }
}
