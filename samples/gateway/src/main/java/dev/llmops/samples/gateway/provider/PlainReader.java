package dev.llmops.samples.gateway.provider;

import dev.llmops.cost.usage.UsageReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads answers without generated text: embeddings and moderations. */
final class PlainReader extends AnswerReader {

    @Override
    ProviderChunk chunk(@Nullable String event, String data, JsonNode root) {
        return ProviderChunk.builder(event, data)
                .model(root.path("model"))
                .billing(UsageReader.Shape.OPENAI_CHAT, root, data)
                .build();
    }

    @Override
    int expectedChoices(boolean terminated) {
        return 0;
    }
}
