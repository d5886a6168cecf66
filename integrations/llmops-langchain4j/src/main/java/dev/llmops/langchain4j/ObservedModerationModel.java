package dev.llmops.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.input.Prompt;
import dev.langchain4j.model.moderation.Moderation;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.model.moderation.ModerationRequest;
import dev.langchain4j.model.moderation.ModerationResponse;
import dev.langchain4j.model.moderation.listener.ModerationModelListener;
import dev.langchain4j.model.output.Response;
import dev.llmops.core.LlmCall;
import dev.llmops.core.record.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model of which each request is a call. Each method calls the same method of the original. */
final class ObservedModerationModel implements ModerationModel {

    private static final Operation MODERATION = new Operation("moderation");

    private final Calls calls;
    private final ModerationModel model;

    ObservedModerationModel(Calls calls, ModerationModel model) {
        this.calls = calls;
        this.model = model;
    }

    @Override
    public ModerationResponse moderate(ModerationRequest request) {
        return calls.observe(start(request.modelName()), () -> model.moderate(request));
    }

    @Override
    public ModerationResponse doModerate(ModerationRequest request) {
        return calls.observe(start(request.modelName()), () -> model.doModerate(request));
    }

    @Override
    public Response<Moderation> moderate(String text) {
        return calls.observe(start(null), () -> model.moderate(text));
    }

    @Override
    public Response<Moderation> moderate(Prompt prompt) {
        return calls.observe(start(null), () -> model.moderate(prompt));
    }

    @Override
    public Response<Moderation> moderate(ChatMessage message) {
        return calls.observe(start(null), () -> model.moderate(message));
    }

    @Override
    public Response<Moderation> moderate(List<ChatMessage> messages) {
        return calls.observe(start(null), () -> model.moderate(messages));
    }

    @Override
    public Response<Moderation> moderate(TextSegment segment) {
        return calls.observe(start(null), () -> model.moderate(segment));
    }

    private LlmCall start(@Nullable String requestModel) {
        String name = requestModel == null ? model.modelName() : requestModel;
        return calls.call(MODERATION, model.provider(), name).start();
    }

    @Override
    public List<ModerationModelListener> listeners() {
        return model.listeners();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public String modelName() {
        return model.modelName();
    }
}
