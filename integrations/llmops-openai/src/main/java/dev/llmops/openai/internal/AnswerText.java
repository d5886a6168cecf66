package dev.llmops.openai.internal;

import com.openai.core.JsonField;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseOutputMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes an answer as text: its texts and refusals, and a line of name and arguments for each tool that the model asks for. */
@SuppressWarnings("deprecation") // the names that older clients have too
final class AnswerText {

    private AnswerText() {}

    static String of(ChatCompletion chat) {
        return lines(chat._choices().asKnown().orElse(List.of()).stream()
                .flatMap(choice -> choice._message().asKnown().stream())
                .flatMap(AnswerText::of));
    }

    private static Stream<String> of(ChatCompletionMessage message) {
        Stream<String> tools = message._toolCalls().asKnown().orElse(List.of()).stream()
                .flatMap(tool -> tool.function().stream())
                .map(asked ->
                        tool(asked.function().name(), text(asked.function()._arguments())));
        return Stream.concat(Stream.of(text(message._content()), text(message._refusal())), tools);
    }

    static String of(Completion completion) {
        return lines(completion._choices().asKnown().orElse(List.of()).stream()
                .map(CompletionChoice::_text)
                .map(AnswerText::text));
    }

    static String of(Response response) {
        return lines(response._output().asKnown().orElse(List.of()).stream().flatMap(AnswerText::of));
    }

    private static Stream<String> of(ResponseOutputItem item) {
        Stream<String> texts = item.message().stream()
                .flatMap(message -> message._content().asKnown().orElse(List.of()).stream())
                .map(AnswerText::of);
        Stream<String> tools = Stream.of(
                        item.functionCall().map(asked -> tool(asked.name(), text(asked._arguments()))),
                        item.customToolCall().map(asked -> tool(asked.name(), text(asked._input()))))
                .flatMap(Optional::stream);
        return Stream.concat(texts, tools);
    }

    private static String of(ResponseOutputMessage.Content content) {
        return content.outputText()
                .map(text -> text(text._text()))
                .or(() -> content.refusal().map(refusal -> text(refusal._refusal())))
                .orElse("");
    }

    private static String lines(Stream<String> texts) {
        return texts.filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
    }

    private static String tool(String name, String arguments) {
        return toolName(name) + arguments;
    }

    /** Returns the beginning of the line of a tool. */
    static String toolName(String name) {
        return name + " ";
    }

    private static String text(JsonField<String> field) {
        return field.asKnown().orElse("");
    }
}
