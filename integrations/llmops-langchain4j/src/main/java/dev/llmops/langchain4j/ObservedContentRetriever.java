package dev.llmops.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.Phase;
import dev.llmops.core.Scope;
import dev.llmops.core.record.Operation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A retriever whose searches are phases of an AI service's invocation, or calls of their own. */
final class ObservedContentRetriever implements ContentRetriever {

    private final Calls calls;
    private final ContentRetriever retriever;

    ObservedContentRetriever(Calls calls, ContentRetriever retriever) {
        this.calls = calls;
        this.retriever = retriever;
    }

    @Override
    public List<Content> retrieve(Query query) {
        Invocation invocation = invocation(query);
        if (invocation == null) {
            return calls.observe(call().start(), () -> retriever.retrieve(query));
        }
        try (Phase phase = invocation.startRetrieval();
                Scope scope = Invocation.enter(invocation)) {
            return retriever.retrieve(query);
        }
    }

    @Override
    public CompletableFuture<List<Content>> retrieveAsync(Query query) {
        Invocation invocation = invocation(query);
        return invocation == null
                ? calls.observeAsync(call().start(), () -> retriever.retrieveAsync(query))
                : retrieveAsync(invocation, () -> retriever.retrieveAsync(query));
    }

    private static CompletableFuture<List<Content>> retrieveAsync(
            Invocation invocation, Supplier<CompletableFuture<List<Content>>> body) {
        Phase phase = invocation.startRetrieval();
        try (Scope scope = Invocation.enter(invocation)) {
            CompletableFuture<List<Content>> future = body.get();
            var unused = future.whenComplete((contents, error) -> phase.close());
            return future;
        } catch (Throwable e) {
            phase.close();
            throw e;
        }
    }

    private LlmCallBuilder call() {
        return calls.call(
                Operation.RETRIEVAL, ModelProvider.OTHER, retriever.getClass().getSimpleName());
    }

    private static @Nullable Invocation invocation(Query query) {
        return query.metadata() == null ? null : Invocation.of(query.metadata().invocationContext());
    }
}
