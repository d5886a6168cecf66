package dev.llmops.openai.internal;

import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice;
import dev.llmops.core.LlmCall;
import java.util.List;

/** Reads completions of plain text, whose chunks are completions too. */
@SuppressWarnings("deprecation") // the names that older clients have too
final class CompletionReading {

    private CompletionReading() {}

    static void read(Completion completion, LlmCall call) {
        readFacts(completion, call);
        if (call.capturesContent()) {
            call.output(AnswerText.of(completion));
        }
    }

    private static void readFacts(Completion completion, LlmCall call) {
        Common.error(completion._additionalProperties(), call);
        Common.identity(completion._id(), completion._model(), call);
        Common.fingerprint(completion._systemFingerprint(), call);
        completion._usage().asKnown().ifPresent(usage -> call.usage(Usages.of(usage)));
        for (CompletionChoice choice : choices(completion)) {
            int index = choice._index().asKnown().orElse(0L).intValue();
            choice._finishReason().asKnown().ifPresent(reason -> call.finishReason(index, reason.asString()));
        }
    }

    static void readChunk(Completion completion, LlmCall call) {
        call.chunk((int) choices(completion).stream()
                .filter(choice ->
                        choice._text().asKnown().filter(text -> !text.isEmpty()).isPresent())
                .count());
        readFacts(completion, call);
        if (call.capturesContent()) {
            choices(completion).forEach(choice -> AnswerDeltas.collect(choice, call));
        }
    }

    private static List<CompletionChoice> choices(Completion completion) {
        return completion._choices().asKnown().orElse(List.of());
    }
}
