package dev.llmops.openai.internal;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.images.ImagesResponse;
import com.openai.models.moderations.ModerationCreateResponse;
import dev.llmops.core.LlmCall;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import java.util.List;

/** Reads embeddings, images and moderations. */
@SuppressWarnings("deprecation") // the names that older clients have too
final class OtherReading {

    private OtherReading() {}

    static void read(CreateEmbeddingResponse embeddings, LlmCall call) {
        Common.error(embeddings._additionalProperties(), call);
        if (embeddings._model().asKnown().isPresent()) {
            call.responseModel(Request.name(embeddings._model()));
        }
        embeddings
                ._usage()
                .asKnown()
                .flatMap(usage -> usage._promptTokens().asKnown())
                .ifPresent(tokens -> call.usage(TokenUsage.inclusive(tokens, 0)));
    }

    static void read(ModerationCreateResponse moderation, LlmCall call) {
        Common.error(moderation._additionalProperties(), call);
        Common.identity(moderation._id(), moderation._model(), call);
    }

    static void read(ImagesResponse images, LlmCall call) {
        Common.error(images._additionalProperties(), call);
        TokenUsage tokens = images._usage().asKnown().map(Usages::of).orElse(TokenUsage.inclusive(-1, -1));
        int count = images._data().asKnown().orElse(List.of()).size();
        call.usage(tokens.with(UsageKind.OUTPUT_IMAGES, count));
    }
}
