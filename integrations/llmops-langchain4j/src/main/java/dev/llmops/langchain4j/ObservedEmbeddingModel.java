package dev.llmops.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import dev.llmops.core.LlmCall;
import dev.llmops.core.record.Operation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A model of which each request is a call. Each method calls the same method of the original. */
final class ObservedEmbeddingModel implements EmbeddingModel {

    private final Calls calls;
    private final EmbeddingModel model;

    ObservedEmbeddingModel(Calls calls, EmbeddingModel model) {
        this.calls = calls;
        this.model = model;
    }

    @Override
    public EmbeddingResponse embed(EmbeddingRequest request) {
        return calls.observe(start(request.modelName()), () -> model.embed(request));
    }

    @Override
    public EmbeddingResponse doEmbed(EmbeddingRequest request) {
        return calls.observe(start(request.modelName()), () -> model.doEmbed(request));
    }

    @Override
    public CompletableFuture<EmbeddingResponse> embedAsync(EmbeddingRequest request) {
        return calls.observeAsync(start(request.modelName()), () -> model.embedAsync(request));
    }

    @Override
    public CompletableFuture<EmbeddingResponse> doEmbedAsync(EmbeddingRequest request) {
        return calls.observeAsync(start(request.modelName()), () -> model.doEmbedAsync(request));
    }

    @Override
    public Response<Embedding> embed(String text) {
        return calls.observe(start(null), () -> model.embed(text));
    }

    @Override
    public Response<Embedding> embed(TextSegment segment) {
        return calls.observe(start(null), () -> model.embed(segment));
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        return calls.observe(start(null), () -> model.embedAll(segments));
    }

    private LlmCall start(@Nullable String requestModel) {
        String name = requestModel == null ? model.modelName() : requestModel;
        return calls.call(Operation.EMBEDDINGS, model.provider(), name).start();
    }

    @Override
    public List<EmbeddingModelListener> listeners() {
        return model.listeners();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public EmbeddingRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public Set<EmbeddingParameter<?>> supportedParameters() {
        return model.supportedParameters();
    }

    @Override
    public Set<ContentType> supportedContentTypes() {
        return model.supportedContentTypes();
    }

    @Override
    public int dimension() {
        return model.dimension();
    }

    @Override
    public String modelName() {
        return model.modelName();
    }
}
