package dev.llmops.samples.gateway.provider;

import java.net.ProtocolException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The readers of what providers answer, for tests of other packages. */
public final class ProviderReaders {

    private ProviderReaders() {}

    /** Reads the events of a stream of a format. */
    public static void stream(ApiFormat format, byte[] bytes) throws ProtocolException {
        AnswerReader reader = reader(format, true);
        StreamBody body = new StreamBody((event, data) -> read(reader, event, data));
        body.feed(bytes);
        body.plainJson().ifPresent(json -> read(reader, null, json));
        reader.incompleteness(false);
    }

    /** Reads an answer of a format in one piece. */
    public static void whole(ApiFormat format, String body) {
        AnswerReader reader = reader(format, false);
        read(reader, null, body);
        reader.incompleteness(true);
    }

    private static AnswerReader reader(ApiFormat format, boolean streaming) {
        ObjectNode request = JsonMapper.shared().createObjectNode().put("stream", streaming);
        return format.newReader(ProviderRequest.of(format, request, Map.of()));
    }

    private static void read(AnswerReader reader, @Nullable String event, String data) {
        try {
            if (!data.equals(AnswerReader.DONE)) {
                reader.isLast(reader.read(event, data));
            }
        } catch (ProtocolException | ProviderException e) {
            // Ends the call as failed.
        }
    }
}
