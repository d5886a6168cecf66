package dev.llmops.samples.slo;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers questions with a model that streams words. */
public final class Answers {

    private final LlmOps llmops;
    private final Function<String, Stream<String>> model;

    /**
     * Creates a service.
     *
     * @param llmops observes its calls
     * @param model streams the words of an answer
     */
    public Answers(LlmOps llmops, Function<String, Stream<String>> model) {
        this.llmops = llmops;
        this.model = model;
    }

    /**
     * Answers a question.
     *
     * @param question the question
     * @return the whole answer
     */
    public String ask(String question) {
        try (Stream<String> words = llmops.observeStream(
                llmops.call(Operation.CHAT, "local", "words-1").streaming(true),
                call -> model.apply(question),
                (word, call) -> call.chunk(1))) {
            return words.collect(Collectors.joining(" "));
        }
    }
}
