package dev.llmops.openai.internal;

import com.openai.core.JsonField;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.completions.CompletionChoice;
import com.openai.models.responses.ResponseStreamEvent;
import dev.llmops.core.LlmCall;
import java.util.List;

/** Collects an answer from its chunks, in the form of {@link AnswerText}. */
@SuppressWarnings("deprecation") // the names that older clients have too
final class AnswerDeltas {

    /** Leaves room for the text and the tools of each choice, and for the contents of each item. */
    private static final int PARTS_EACH = 1024;

    private AnswerDeltas() {}

    static void collect(ChatCompletionChunk.Choice choice, LlmCall call) {
        long first = number(choice._index()) * PARTS_EACH;
        choice._delta().asKnown().ifPresent(delta -> {
            add(call, first, delta._content());
            add(call, first, delta._refusal());
            delta._toolCalls().asKnown().orElse(List.of()).forEach(tool -> {
                long part = first + 1 + number(tool._index());
                tool.function().ifPresent(asked -> {
                    asked.name().ifPresent(name -> call.outputPart(part, AnswerText.toolName(name)));
                    add(call, part, asked._arguments());
                });
            });
        });
    }

    static void collect(CompletionChoice choice, LlmCall call) {
        add(call, number(choice._index()) * PARTS_EACH, choice._text());
    }

    /** Only for streams that break off: the last event of a whole one brings the answer. */
    static void collect(ResponseStreamEvent event, LlmCall call) {
        event.outputTextDelta()
                .ifPresent(text -> add(
                        call, number(text._outputIndex()) * PARTS_EACH + number(text._contentIndex()), text._delta()));
        event.refusalDelta()
                .ifPresent(text -> add(
                        call, number(text._outputIndex()) * PARTS_EACH + number(text._contentIndex()), text._delta()));
        event.outputItemAdded().ifPresent(added -> {
            long part = number(added._outputIndex()) * PARTS_EACH;
            added.item().functionCall().ifPresent(asked -> call.outputPart(part, AnswerText.toolName(asked.name())));
            added.item().customToolCall().ifPresent(asked -> call.outputPart(part, AnswerText.toolName(asked.name())));
        });
        event.functionCallArgumentsDelta()
                .ifPresent(arguments -> add(call, number(arguments._outputIndex()) * PARTS_EACH, arguments._delta()));
        event.customToolCallInputDelta()
                .ifPresent(input -> add(call, number(input._outputIndex()) * PARTS_EACH, input._delta()));
    }

    private static void add(LlmCall call, long part, JsonField<String> text) {
        text.asKnown().filter(known -> !known.isEmpty()).ifPresent(known -> call.outputPart(part, known));
    }

    private static long number(JsonField<Long> index) {
        return index.asKnown().orElse(0L);
    }
}
