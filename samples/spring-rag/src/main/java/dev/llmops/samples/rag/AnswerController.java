package dev.llmops.samples.rag;

import dev.llmops.spring.boot.cost.BudgetExceededException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.document.Document;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Streams answers as server-sent events: {@code sources}, {@code token}, and {@code done} or {@code refused}. */
@RestController
class AnswerController {

    private final Assistant assistant;

    AnswerController(Assistant assistant) {
        this.assistant = assistant;
    }

    @GetMapping(path = "/ask", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Object>> ask(
            @RequestParam String question, @RequestParam(defaultValue = "guest") String user) {
        String requestId = UUID.randomUUID().toString();
        return assistant
                .answer(question, user, requestId)
                .switchOnFirst((first, answer) -> {
                    Flux<ServerSentEvent<Object>> tokens = answer.mapNotNull(AnswerController::text)
                            .filter(text -> !text.isEmpty())
                            .map(text -> event("token", Map.of("text", text)));
                    return first.hasValue() ? tokens.startWith(sources(Objects.requireNonNull(first.get()))) : tokens;
                })
                .concatWith(Flux.just(event("done", Map.of("requestId", requestId))))
                .onErrorResume(
                        BudgetExceededException.class,
                        e -> Flux.just(event("refused", Map.of("reason", String.valueOf(e.getMessage())))));
    }

    private static String text(ChatClientResponse response) {
        ChatResponse chat = response.chatResponse();
        String text = chat == null || chat.getResult() == null
                ? null
                : chat.getResult().getOutput().getText();
        return Objects.requireNonNullElse(text, "");
    }

    private static ServerSentEvent<Object> sources(ChatClientResponse first) {
        List<?> passages = (List<?>) Objects.requireNonNullElse(first.context().get(Assistant.PASSAGES), List.of());
        return event(
                "sources",
                passages.stream()
                        .map(passage -> ((Document) passage).getMetadata().get(Handbook.SOURCE))
                        .distinct()
                        .toList());
    }

    private static ServerSentEvent<Object> event(String name, Object data) {
        return ServerSentEvent.builder(data).event(name).build();
    }
}
