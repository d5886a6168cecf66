package dev.llmops.anthropic.internal;

import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StructuredMessage;
import dev.llmops.core.LlmCall;
import dev.llmops.core.response.ResponseReader;
import java.util.Set;

/**
 * Reads the messages of the Anthropic Java client, whole and in events: usage, model, stop reason, refusals, and as attributes
 * the service tier and the message's id. Found by {@link java.util.ServiceLoader}, so that observed methods which return
 * these types are understood without more.
 */
public final class AnthropicResponseReader implements ResponseReader {

    private static final Set<Class<?>> TYPES = Set.of(
            Message.class,
            StructuredMessage.class,
            RawMessageStreamEvent.class,
            BetaMessage.class,
            com.anthropic.models.beta.messages.StructuredMessage.class,
            BetaRawMessageStreamEvent.class);

    /** Creates a reader. */
    public AnthropicResponseReader() {}

    @Override
    public boolean supports(Class<?> type) {
        return TYPES.contains(type);
    }

    @Override
    public void readResponse(Object response, LlmCall call) {
        if (response instanceof Message message) {
            MessageReading.read(message, call);
        } else if (response instanceof StructuredMessage<?> message) {
            MessageReading.read(message.rawMessage(), call);
        } else if (response instanceof BetaMessage message) {
            BetaReading.read(message, call);
        } else if (response instanceof com.anthropic.models.beta.messages.StructuredMessage<?> message) {
            BetaReading.read(message.rawMessage(), call);
        }
    }

    @Override
    public void readChunk(Object chunk, LlmCall call) {
        if (chunk instanceof RawMessageStreamEvent event) {
            EventReading.read(event, call);
        } else if (chunk instanceof BetaRawMessageStreamEvent event) {
            BetaReading.read(event, call);
        } else {
            readResponse(chunk, call);
        }
    }

    @Override
    public void endStream(LlmCall call) {
        call.endOfStream();
    }
}
