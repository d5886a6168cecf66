package dev.llmops.openai.internal;

import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionMessage;
import dev.llmops.core.LlmCall;
import java.util.List;

/** Reads chat completions. Fields are asked for as they came, since compatible servers leave required ones out. */
@SuppressWarnings("deprecation") // the names that older clients have too
final class ChatReading {

    /** The fields in which compatible servers stream their reasoning. */
    private static final List<String> REASONING = List.of("reasoning_content", "reasoning");

    private ChatReading() {}

    static void read(ChatCompletion chat, LlmCall call) {
        Common.error(chat._additionalProperties(), call);
        Common.identity(chat._id(), chat._model(), call);
        Common.tier(chat._serviceTier(), call);
        Common.fingerprint(chat._systemFingerprint(), call);
        chat._usage().asKnown().ifPresent(usage -> call.usage(Usages.of(usage)));
        for (ChatCompletion.Choice choice : chat._choices().asKnown().orElse(List.of())) {
            choice._finishReason()
                    .asKnown()
                    .ifPresent(reason -> call.finishReason(index(choice._index()), reason.asString()));
            choice._message().asKnown().ifPresent(message -> read(message, call));
        }
        if (call.capturesContent()) {
            call.output(AnswerText.of(chat));
        }
    }

    private static void read(ChatCompletionMessage message, LlmCall call) {
        if (message._refusal().asKnown().filter(text -> !text.isEmpty()).isPresent()) {
            call.refusal();
        }
        message._toolCalls()
                .asKnown()
                .orElse(List.of())
                .forEach(tool -> tool.function()
                        .ifPresent(asked -> AskedTools.of(call)
                                .add(asked.id(), asked.function().name())));
    }

    static void readChunk(ChatCompletionChunk chunk, LlmCall call) {
        Common.error(chunk._additionalProperties(), call);
        Common.identity(chunk._id(), chunk._model(), call);
        Common.tier(chunk._serviceTier(), call);
        Common.fingerprint(chunk._systemFingerprint(), call);
        int contents = 0;
        boolean reasons = false;
        for (ChatCompletionChunk.Choice choice : chunk._choices().asKnown().orElse(List.of())) {
            choice._finishReason()
                    .asKnown()
                    .ifPresent(reason -> call.finishReason(index(choice._index()), reason.asString()));
            if (call.capturesContent()) {
                AnswerDeltas.collect(choice, call);
            }
            ChatCompletionChunk.Choice.Delta delta = choice._delta().asKnown().orElse(null);
            if (delta != null) {
                contents += hasContent(delta, call) ? 1 : 0;
                reasons |= REASONING.stream().anyMatch(name -> Common.hasText(delta._additionalProperties(), name));
            }
        }
        if (reasons && contents == 0) {
            call.reasoningChunk(1);
        } else {
            call.chunk(contents);
        }
        chunk._usage().asKnown().ifPresent(usage -> call.usage(Usages.of(usage)));
    }

    private static boolean hasContent(ChatCompletionChunk.Choice.Delta delta, LlmCall call) {
        boolean hasRefusal =
                delta._refusal().asKnown().filter(text -> !text.isEmpty()).isPresent();
        if (hasRefusal) {
            call.refusal();
        }
        List<ChatCompletionChunk.Choice.Delta.ToolCall> tools =
                delta._toolCalls().asKnown().orElse(List.of());
        tools.forEach(tool -> tool.function()
                .flatMap(ChatCompletionChunk.Choice.Delta.ToolCall.Function::name)
                .ifPresent(name -> AskedTools.of(call).add(tool.id().orElse(name), name)));
        return hasRefusal
                || !tools.isEmpty()
                || delta._functionCall().asKnown().isPresent()
                || delta._content().asKnown().filter(text -> !text.isEmpty()).isPresent();
    }

    private static int index(com.openai.core.JsonField<Long> index) {
        return index.asKnown().orElse(0L).intValue();
    }
}
