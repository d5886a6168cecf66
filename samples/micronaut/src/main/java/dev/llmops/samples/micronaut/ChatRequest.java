package dev.llmops.samples.micronaut;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.llmops.aspect.TagResolver;
import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Map;

/** A request for a streamed answer. */
@Introspected
record ChatRequest(
        String model,
        String user,
        boolean stream,
        @JsonProperty("stream_options") Map<String, Boolean> streamOptions,
        List<Message> messages) {

    @Introspected
    record Message(String role, String content) {}

    /** Returns a request that also asks for usage. */
    static ChatRequest of(String user, String question) {
        return new ChatRequest(
                OpenAi.MODEL,
                user,
                true,
                Map.of("include_usage", true),
                List.of(
                        new Message("system", "The workshop opens at eight. A repair takes five days."),
                        new Message("user", question)));
    }

    /** Says who asks. */
    static final class User implements TagResolver {

        @Override
        public Object resolve(Object request) {
            return ((ChatRequest) request).user();
        }
    }
}
