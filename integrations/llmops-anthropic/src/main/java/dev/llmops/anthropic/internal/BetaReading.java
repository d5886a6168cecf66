package dev.llmops.anthropic.internal;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.llmops.core.LlmCall;

/**
 * Reads the messages of the beta service as those of the stable one, whose fields they have and more. See
 * docs/decisions/integrations.md#beta-messages-are-read-as-stable-ones.
 */
final class BetaReading {

    private BetaReading() {}

    static void read(BetaMessage message, LlmCall call) {
        MessageReading.read(ObjectMappers.jsonMapper().convertValue(message, Message.class), call);
    }

    static void read(BetaRawMessageStreamEvent event, LlmCall call) {
        EventReading.read(ObjectMappers.jsonMapper().convertValue(event, RawMessageStreamEvent.class), call);
    }
}
