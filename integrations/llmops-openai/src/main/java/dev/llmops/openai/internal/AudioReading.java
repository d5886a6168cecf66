package dev.llmops.openai.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.ObjectMappers;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import dev.llmops.core.LlmCall;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;

/** Reads transcriptions and translations of speech, as JSON: their formats differ, and have text and usage in common. */
public final class AudioReading {

    private static final long UNKNOWN = -1;
    private static final double NANOS_PER_SECOND = 1e9;

    private AudioReading() {}

    static void read(Object response, LlmCall call) {
        JsonNode json = ObjectMappers.jsonMapper().valueToTree(response);
        usage(json.path("usage"), call);
        if (call.capturesContent() && json.hasNonNull("text")) {
            call.output(json.path("text").asText());
        }
    }

    static void readEvent(TranscriptionStreamEvent event, LlmCall call) {
        call.chunk(event.isTranscriptTextDelta() ? 1 : 0);
        event.transcriptTextDelta()
                .flatMap(delta -> delta._delta().asKnown())
                .ifPresent(text -> call.outputPart(0, text));
        event.transcriptTextDone().ifPresent(done -> {
            read(done, call);
            call.finishReason(0, "stop");
        });
    }

    private static void usage(JsonNode usage, LlmCall call) {
        if (usage.has("seconds")) {
            long nanos = Math.round(usage.path("seconds").asDouble() * NANOS_PER_SECOND);
            call.usage(unknownTokens().with(UsageKind.INPUT_AUDIO_SECONDS, nanos));
        } else if (usage.has("input_tokens")) {
            TokenUsage tokens = TokenUsage.inclusive(
                    usage.path("input_tokens").asLong(),
                    usage.path("output_tokens").asLong(UNKNOWN));
            long audio = usage.path("input_token_details").path("audio_tokens").asLong();
            call.usage(audio > 0 ? tokens.with(UsageKind.INPUT_AUDIO_TOKENS, audio) : tokens);
        }
    }

    public static TokenUsage spoken(long characters) {
        return unknownTokens().with(UsageKind.INPUT_CHARACTERS, characters);
    }

    private static TokenUsage unknownTokens() {
        return TokenUsage.inclusive(UNKNOWN, UNKNOWN);
    }
}
