package dev.llmops.aspect.service;

import java.io.InputStream;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The answers of {@link AnswerService}, one method for each kind of return value. */
public interface Answers {

    String plain(String question, String user);

    String failing();

    CompletableFuture<String> stage();

    Stream<String> stream();

    Iterator<String> iterator();

    Iterable<String> iterable();

    InputStream body();

    Flow.Publisher<String> publisher();

    Mono<String> mono();

    Flux<String> flux();

    Object undeclared();

    String byDefault();

    String withPhaseAndTool();
}
