package dev.llmops.samples.micronaut;

import dev.llmops.core.LlmCall;
import dev.llmops.core.response.ResponseReader;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.core.response.ServerSentEvent;
import dev.llmops.core.telemetry.Telemetry;
import io.micronaut.http.sse.Event;

/** Reads Micronaut's events as what they are: server-sent events. */
final class EventReader implements ResponseReader {

    private final ResponseReaders readers;

    EventReader(Telemetry telemetry) {
        readers = ResponseReaders.of(telemetry);
    }

    @Override
    public boolean supports(Class<?> type) {
        return Event.class.isAssignableFrom(type);
    }

    @Override
    public void readResponse(Object response, LlmCall call) {
        readers.readResponse(event(response), call);
    }

    @Override
    public void readChunk(Object chunk, LlmCall call) {
        readers.readChunk(event(chunk), call);
    }

    @Override
    public void endStream(LlmCall call) {
        call.endOfStream();
    }

    private static ServerSentEvent event(Object item) {
        Event<?> event = (Event<?>) item;
        return new ServerSentEvent(event.getName(), String.valueOf(event.getData()));
    }
}
