package dev.llmops.samples.gateway.relay;

import dev.llmops.samples.gateway.http.JsonBody;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the user to whom a relayed request is accounted. */
final class AccountName {

    // The most specific first: user names a person, the others may be a hash or a group.
    private static final List<String> FIELDS = List.of("user", "safety_identifier", "prompt_cache_key");

    private AccountName() {}

    /**
     * Returns the first of {@code user}, {@code safety_identifier}, {@code prompt_cache_key} and Anthropic's
     * {@code metadata.user_id}.
     *
     * @return at most 200 characters; a longer name is cut and says so with its full length; null if there is none
     */
    static @Nullable String of(JsonNode request) {
        return Stream.concat(
                        FIELDS.stream().map(request::path),
                        Stream.of(request.path("metadata").path("user_id")))
                .map(field -> field.stringValue(""))
                .filter(name -> !name.isBlank())
                .findFirst()
                .map(AccountName::bounded)
                .orElse(null);
    }

    private static String bounded(String name) {
        if (name.length() <= JsonBody.MAX_NAME) {
            return name;
        }
        String note = "… (cut from " + name.length() + " characters)";
        return name.substring(0, JsonBody.MAX_NAME - note.length()) + note;
    }
}
