package dev.llmops.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.llmops.core.LlmOps;
import dev.llmops.core.context.CallFacts;
import java.util.List;

/**
 * Measures LangChain4j: models by a decorator, AI services by their listeners.
 *
 * <pre>{@code
 * Assistant assistant = AiServices.builder(Assistant.class)
 *     .streamingChatModel(LlmLangChain4j.observe(llmops, model))
 *     .registerListeners(LlmLangChain4j.aiServiceListeners(llmops))
 *     .build();
 * }</pre>
 *
 * <p>User, tenant and the other {@link CallFacts} come from the {@code InvocationParameters} of an AI service, and
 * from the listener attributes of {@code ChatRequestOptions}. A model passes on everything it gets, unchanged and in order.
 * All that is returned here is thread-safe if the original is.
 *
 * @since 0.1.0
 */
public final class LlmLangChain4j {

    private LlmLangChain4j() {}

    /**
     * Returns a model of which each request is a call.
     *
     * @param llmops observes the calls
     * @param model the model
     * @return a decorator
     */
    public static ChatModel observe(LlmOps llmops, ChatModel model) {
        return new ObservedChatModel(new Calls(llmops), model);
    }

    /**
     * Returns a model of which each request is a call, with the time of every token. Cancelling by the handle of a partial
     * response cancels the call; LangChain4j gives no handle before the first token.
     *
     * @param llmops observes the calls
     * @param model the model
     * @return a decorator
     */
    public static StreamingChatModel observe(LlmOps llmops, StreamingChatModel model) {
        return new ObservedStreamingChatModel(new Calls(llmops), model);
    }

    /**
     * Returns a model of which each request is a call.
     *
     * @param llmops observes the calls
     * @param model the model
     * @return a decorator
     */
    public static EmbeddingModel observe(LlmOps llmops, EmbeddingModel model) {
        return new ObservedEmbeddingModel(new Calls(llmops), model);
    }

    /**
     * Returns a model of which each request is a call of the operation {@code moderation}.
     *
     * @param llmops observes the calls
     * @param model the model
     * @return a decorator
     */
    public static ModerationModel observe(LlmOps llmops, ModerationModel model) {
        return new ObservedModerationModel(new Calls(llmops), model);
    }

    /**
     * Returns a retriever whose searches are phases, named {@code retrieval}, of the invocation of the AI service for which
     * they are made. Needs the {@linkplain #aiServiceListeners listeners} of that service; other searches are calls of the
     * operation {@code retrieval}.
     *
     * @param llmops observes the calls
     * @param source the retriever
     * @return a decorator
     */
    public static ContentRetriever observe(LlmOps llmops, ContentRetriever source) {
        return new ObservedContentRetriever(new Calls(llmops), source);
    }

    /**
     * Returns the listeners that make each invocation of an AI service a call of the operation {@code invoke_agent}, with
     * the tools that it ran, and that hand its user, tenant and conversation to the calls of its observed models. The
     * invocation's call uses no tokens of its own.
     *
     * @param llmops observes the calls
     * @return the listeners, for {@code AiServices.registerListeners}
     */
    public static List<AiServiceListener<?>> aiServiceListeners(LlmOps llmops) {
        return AiServiceListeners.of(new Calls(llmops));
    }

    /**
     * Returns a listener for models that cannot be decorated, such as those that a framework builds. It sees neither tokens
     * nor cancels: there is no time to first token, and a cancelled call is abandoned after {@code abandonAfter}. It leaves
     * the requests of decorated models to the decorator.
     *
     * @param llmops observes the calls
     * @return a listener
     */
    public static ChatModelListener chatModelListener(LlmOps llmops) {
        return new CallListener(new Calls(llmops));
    }
}
