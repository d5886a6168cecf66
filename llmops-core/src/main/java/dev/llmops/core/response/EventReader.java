package dev.llmops.core.response;

import dev.llmops.core.LlmCall;
import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events in the formats of the common providers. An error object and an event that is cut off fail the
 * call, as does a stream that ends without a finish reason. The end marker ends the call, since clients stop reading there.
 */
final class EventReader implements ResponseReader {

    @Override
    public boolean supports(Class<?> type) {
        return type == ServerSentEvent.class;
    }

    @Override
    public void readResponse(Object response, LlmCall call) {
        readBody(((ServerSentEvent) response).data(), call);
    }

    /** Reads the body of a response that is no stream. */
    static void readBody(String body, LlmCall call) {
        String data = body.strip();
        if (data.startsWith("{")) {
            ProviderErrors.streamError(data)
                    .ifPresentOrElse(call::fail, () -> complete(WireEvent.reportWhole(data, call), call));
        }
    }

    @Override
    public void readChunk(Object chunk, LlmCall call) {
        ServerSentEvent event = (ServerSentEvent) chunk;
        String data = event.data().strip();
        if (data.equals(ServerSentEvent.DONE)) {
            endStream(call);
            return;
        }
        Optional<CallError> error = ProviderErrors.streamError(event.name(), data);
        if (error.isPresent()) {
            call.fail(error.get());
        } else if (data.startsWith("{")) {
            WireEvent read = complete(WireEvent.reportChunk(data, call), call);
            if (read != null && read.isLast()) {
                endStream(call);
            }
        }
    }

    private static @Nullable WireEvent complete(@Nullable WireEvent event, LlmCall call) {
        if (event == null) {
            call.fail(brokenOff("an event is no complete JSON"));
        }
        return event;
    }

    @Override
    public void endStream(LlmCall call) {
        call.endOfStream();
    }

    static CallError brokenOff(String message) {
        return new CallError(ErrorKind.PROTOCOL_ERROR, "malformed_event", OptionalInt.empty(), message);
    }
}
