package dev.llmops.samples.micronaut;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import java.io.UncheckedIOException;
import reactor.core.publisher.Flux;

/** Streams answers as server-sent events. */
@Controller
final class AnswerController {

    private final OpenAi openAi;
    private final ObjectMapper json;

    AnswerController(OpenAi openAi, ObjectMapper json) {
        this.openAi = openAi;
        this.json = json;
    }

    @Get(uri = "/ask", produces = MediaType.TEXT_EVENT_STREAM)
    Flux<Event<String>> ask(@QueryValue(defaultValue = "guest") String user, @QueryValue String question) {
        return openAi.stream(ChatRequest.of(user, question))
                .map(event -> event.getData())
                .takeWhile(data -> !data.equals("[DONE]"))
                .map(this::text)
                .filter(text -> !text.isEmpty())
                .map(Event::of);
    }

    private String text(String chunk) {
        try {
            return json.readTree(chunk).at("/choices/0/delta/content").asText("");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
