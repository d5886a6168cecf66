package dev.llmops.anthropic.internal;

import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Usage;
import dev.llmops.core.LlmCall;
import dev.llmops.core.error.ProviderErrors;
import java.util.List;

/** Reads whole messages. Fields are asked for as they came, since compatible servers leave required ones out. */
@SuppressWarnings("deprecation") // the names that older clients have too
final class MessageReading {

    /** The name by which llmops-cost knows the tier. */
    private static final String BILLED_TIER = "llmops.service_tier";

    private MessageReading() {}

    static void read(Message message, LlmCall call) {
        JsonValue error = message._additionalProperties().get("error");
        if (error != null) {
            call.fail(ProviderErrors.ofStream(Json.of(error)));
        }
        begin(message, call);
        message._usage().asKnown().ifPresent(usage -> {
            call.usage(Usages.of(usage));
            tier(usage, call);
        });
        message._stopReason().asKnown().ifPresent(reason -> stop(reason, call));
        message._content()
                .asKnown()
                .orElse(List.of())
                .forEach(block ->
                        block.toolUse().ifPresent(tool -> AskedTools.of(call).add(tool.id(), tool.name())));
        if (call.capturesContent()) {
            call.output(AnswerText.of(message));
        }
    }

    static void begin(Message message, LlmCall call) {
        message._id().asKnown().ifPresent(id -> call.attribute("gen_ai.response.id", id));
        message._model().asKnown().ifPresent(model -> call.responseModel(model.toString()));
    }

    /** Priority Tier is capacity that was paid for in advance, and not what others call priority. */
    static void tier(Usage usage, LlmCall call) {
        usage._serviceTier()
                .asKnown()
                .map(tier -> tier.equals(Usage.ServiceTier.PRIORITY) ? "priority_tier" : tier.toString())
                .ifPresent(tier -> call.attribute(BILLED_TIER, tier));
    }

    static void stop(StopReason reason, LlmCall call) {
        call.finishReason(0, reason.asString());
        if (reason.equals(StopReason.REFUSAL)) {
            call.refusal();
        }
    }
}
