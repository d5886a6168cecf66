package dev.llmops.anthropic.internal;

import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawContentBlockDeltaEvent;
import com.anthropic.models.messages.RawContentBlockStartEvent;
import dev.llmops.core.LlmCall;
import java.util.List;
import java.util.stream.Collectors;

/** Writes an answer as text: its texts, and a line of name and input for each tool that the model asks for. */
final class AnswerText {

    private AnswerText() {}

    static String of(Message message) {
        return message._content().asKnown().orElse(List.of()).stream()
                .map(AnswerText::of)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String of(ContentBlock block) {
        return block.text()
                .map(text -> text._text().asKnown().orElse(""))
                .or(() -> block.toolUse().map(tool -> tool(tool.name()) + Json.of(tool._input())))
                .orElse("");
    }

    static void collect(RawContentBlockStartEvent start, LlmCall call) {
        start.contentBlock().toolUse().ifPresent(tool -> call.outputPart(start.index(), tool(tool.name())));
    }

    static void collect(RawContentBlockDeltaEvent event, LlmCall call) {
        event.delta()
                .text()
                .flatMap(delta -> delta._text().asKnown())
                .or(() -> event.delta()
                        .inputJson()
                        .flatMap(delta -> delta._partialJson().asKnown()))
                .ifPresent(text -> call.outputPart(event.index(), text));
    }

    private static String tool(String name) {
        return name + " ";
    }
}
