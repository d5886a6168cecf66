package dev.llmops.openai;

import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.completions.Completion;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.List;
import java.util.function.Predicate;

/** Says with which item of a stream the answer is whole: with the last finish reason of all choices. */
final class FinishedChoices implements Predicate<Object> {

    private long open;

    FinishedChoices(int choices) {
        this.open = choices;
    }

    @Override
    public boolean test(Object item) {
        if (item instanceof ChatCompletionChunk chunk) {
            open -= chunk._choices().asKnown().orElse(List.of()).stream()
                    .filter(choice -> choice._finishReason().asKnown().isPresent())
                    .count();
        } else if (item instanceof Completion chunk) {
            open -= chunk._choices().asKnown().orElse(List.of()).stream()
                    .filter(choice -> choice._finishReason().asKnown().isPresent())
                    .count();
        } else if (item instanceof ResponseStreamEvent event && (event.isCompleted() || event.isIncomplete())) {
            open = 0;
        } else if (item instanceof TranscriptionStreamEvent event && event.isTranscriptTextDone()) {
            open = 0;
        }
        return open <= 0;
    }
}
