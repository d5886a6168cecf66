package dev.llmops.samples.gateway.provider;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The body of an answer that should be a stream of events, and is sometimes a JSON object such as an error. */
final class StreamBody {

    private static final int MAX_KEPT_BYTES = 64 * 1024;

    private final SseParser parser;
    private final ByteArrayOutputStream start = new ByteArrayOutputStream();
    private boolean eventSeen;

    StreamBody(BiConsumer<@Nullable String, String> events) {
        parser = new SseParser((name, data) -> {
            eventSeen = true;
            events.accept(name, data);
        });
    }

    void feed(byte[] bytes) throws ProtocolException {
        if (!eventSeen && start.size() < MAX_KEPT_BYTES) {
            start.writeBytes(bytes);
        }
        parser.feed(bytes);
    }

    /** Returns the body if it is a JSON object and no stream. */
    Optional<String> plainJson() {
        String body = eventSeen ? "" : start.toString(StandardCharsets.UTF_8).strip();
        return body.startsWith("{") ? Optional.of(body) : Optional.empty();
    }
}
