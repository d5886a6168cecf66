package dev.llmops.core.response;

import dev.llmops.core.LlmCall;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reports the bytes of one response body to its call and ends it with the body. Not thread-safe. */
final class ObservedBody {

    private final LlmCall call;
    private final ResponseReaders readers;
    private final EventDecoder decoder;
    private @Nullable ServerSentEvent last;

    ObservedBody(LlmCall call, ResponseReaders readers) {
        this.call = call;
        this.readers = readers;
        this.decoder = new EventDecoder(this::report, readers::droppedEvent);
    }

    private void report(ServerSentEvent event) {
        last = event;
        if (!call.isEnded()) {
            readers.readChunk(event, call);
        }
    }

    void bytes(ByteBuffer bytes) {
        if (!call.isEnded()) {
            decoder.decode(bytes);
        }
    }

    /** Ends the call with the body. A single JSON text needs no finish reason, since embeddings have none. */
    void end() {
        if (call.isEnded()) {
            return;
        }
        if (!decoder.end()) {
            call.fail(EventReader.brokenOff("the body ended inside a JSON text"));
        } else if (decoder.hasServerSentEvents()) {
            readers.endStream(last, call);
        } else {
            call.endOnce(null);
        }
    }

    void fail(Throwable error) {
        call.endOnce(error);
    }

    void cancel() {
        call.close();
    }
}
