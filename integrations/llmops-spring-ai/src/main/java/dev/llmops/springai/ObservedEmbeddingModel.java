package dev.llmops.springai;

import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.record.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** A model of which each request is a call. The methods with defaults come down to {@link #call}. */
final class ObservedEmbeddingModel implements EmbeddingModel {

    private final Calls calls;
    private final EmbeddingModel model;

    ObservedEmbeddingModel(Calls calls, EmbeddingModel model) {
        this.calls = calls;
        this.model = model;
    }

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
        return calls.observe(describe(request.getOptions()), null, () -> model.call(request));
    }

    @Override
    public float[] embed(Document document) {
        return calls.observe(describe(null), null, () -> model.embed(document));
    }

    private LlmCallBuilder describe(@Nullable EmbeddingOptions options) {
        return calls.call(Operation.EMBEDDINGS, Providers.of(model), options == null ? null : options.getModel());
    }

    @Override
    public @Nullable String getEmbeddingContent(Document document) {
        return model.getEmbeddingContent(document);
    }

    @Override
    public int dimensions() {
        return model.dimensions();
    }
}
