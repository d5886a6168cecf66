package dev.llmops.core.response;

import dev.llmops.core.LlmCall;
import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads server-sent events in the formats of the common providers. An error object and an event that is cut off fail the
 * call, as does a stream that ends without a finish reason.
 */
final class EventReader implements ResponseReader {

    @Override
    public boolean supports(Class<?> type) {
        return type == ServerSentEvent.class;
    }

    @Override
    public void readResponse(Object response, LlmCall call) {
        readChunk(response, call);
    }

    @Override
    public void readChunk(Object chunk, LlmCall call) {
        ServerSentEvent event = (ServerSentEvent) chunk;
        String data = event.data().strip();
        if (call.isEnded() || data.isEmpty() || data.equals(ServerSentEvent.DONE)) {
            return;
        }
        Optional<CallError> error = ProviderErrors.streamError(event.name(), data);
        if (error.isPresent()) {
            call.fail(error.get());
        } else if (data.startsWith("{") && !WireEvent.report(data, call)) {
            call.fail(brokenOff("an event is no complete JSON"));
        }
    }

    @Override
    public void endStream(LlmCall call) {
        call.endOfStream();
    }

    static CallError brokenOff(String message) {
        return new CallError(ErrorKind.PROTOCOL_ERROR, "malformed_event", OptionalInt.empty(), message);
    }
}
