package dev.llmops.aspect.service;

import dev.llmops.aspect.LlmObserved;
import dev.llmops.aspect.LlmPhase;
import dev.llmops.aspect.LlmTag;
import dev.llmops.aspect.LlmTool;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers each question with two pieces of text. */
@LlmObserved(provider = "openai", model = "gpt-4o")
public class AnswerService implements Answers {

    public static final String BODY = """
            data: {"model":"gpt-4o","choices":[{"index":0,"delta":{"content":"hel"}}]}

            data: {"model":"gpt-4o","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    public final CompletableFuture<String> pending = new CompletableFuture<>();

    @Override
    @LlmObserved(feature = "support")
    public String plain(@LlmTag("question") String question, @LlmTag(field = LlmTag.Field.USER) String user) {
        return "hello";
    }

    @Override
    @LlmObserved
    public String failing() {
        throw new IllegalStateException("no answer");
    }

    @Override
    @LlmObserved
    public CompletableFuture<String> stage() {
        return pending;
    }

    @Override
    @LlmObserved
    public Stream<String> stream() {
        return Stream.of("hel", "lo");
    }

    @Override
    @LlmObserved
    public Iterator<String> iterator() {
        return List.of("hel", "lo").iterator();
    }

    @Override
    @LlmObserved
    public Iterable<String> iterable() {
        return () -> List.of("hel", "lo").iterator();
    }

    @Override
    @LlmObserved
    public InputStream body() {
        return new ByteArrayInputStream(BODY.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    @LlmObserved
    public Flow.Publisher<String> publisher() {
        return FlowAdapters.toFlowPublisher(Flux.just("hel", "lo"));
    }

    @Override
    @LlmObserved
    public Mono<String> mono() {
        return Mono.just("hello");
    }

    @Override
    @LlmObserved
    public Flux<String> flux() {
        return Flux.just("hel", "lo");
    }

    @Override
    @LlmObserved
    public Object undeclared() {
        return Flux.just("hel", "lo");
    }

    @Override
    public String byDefault() {
        return "hello";
    }

    /** Runs a phase and a tool within the class, where no proxy sees them. */
    @Override
    @LlmObserved
    public String withPhaseAndTool() {
        return retrieve() + weather("Paris");
    }

    @LlmPhase("retrieval")
    private String retrieve() {
        return "documents";
    }

    @LlmTool
    private String weather(String city) {
        return "rain in " + city;
    }

    /** Calls itself, and a private method that is observed. */
    public String twice() {
        return ask() + ask();
    }

    @LlmObserved(operation = "text_completion")
    private String ask() {
        return "hello";
    }
}
