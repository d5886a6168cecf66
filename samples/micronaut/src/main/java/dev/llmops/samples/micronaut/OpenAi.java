package dev.llmops.samples.micronaut;

import dev.llmops.aspect.LlmObserved;
import dev.llmops.aspect.LlmTag;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.sse.Event;
import reactor.core.publisher.Flux;

/** The provider, as a client of Micronaut. */
@Client("${openai.url}")
@Header(name = "Authorization", value = "Bearer ${openai.key}")
interface OpenAi {

    String MODEL = "gpt-4o-mini";

    @Post("/chat/completions")
    @Consumes(MediaType.TEXT_EVENT_STREAM)
    @LlmObserved(provider = "openai", model = MODEL, feature = "workshop")
    Flux<Event<String>> stream(
            @Body @LlmTag(field = LlmTag.Field.USER, resolver = ChatRequest.User.class) ChatRequest request);
}
