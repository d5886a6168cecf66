package dev.llmops.report.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request of the log as a shell script that sends it again. */
final class CurlScript {

    private static final String NOT_CAPTURED = "(the request was not captured; capture content to have it here)";
    private static final int MAX_TOKENS = 1024;

    private CurlScript() {}

    /** Writes the script of a record that was redacted already. */
    static String of(JsonNode call) {
        boolean isAnthropic = call.path("provider").asString("").equals("anthropic");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", call.path("model_id").asString(""));
        if (isAnthropic) {
            body.put("max_tokens", MAX_TOKENS);
        }
        body.put("messages", messages(call.path("input").asString(NOT_CAPTURED)));
        String key = isAnthropic
                ? "-H \"x-api-key: $LLM_API_KEY\" -H 'anthropic-version: 2023-06-01'"
                : "-H \"Authorization: Bearer $LLM_API_KEY\"";
        return "#!/bin/sh\n# Sends call " + word(call.path("call_id")) + " again; it ended with "
                + word(call.path("status")) + " " + word(call.path("error").path("kind"))
                + ".\n# LLM_BASE_URL and LLM_API_KEY name the provider and its key.\n"
                + "curl -sS \"$LLM_BASE_URL/v1/" + (isAnthropic ? "messages" : "chat/completions") + "\" " + key
                + " \\\n  -H 'Content-Type: application/json' --data-binary @- <<'JSON'\n"
                + Canonical.MAPPER.writeValueAsString(body) + "\nJSON\n";
    }

    /** Identifiers of foreign origin must not end a comment. */
    private static String word(JsonNode node) {
        return node.asString("").replaceAll("[^A-Za-z0-9_.-]", "");
    }

    private static Object messages(String input) {
        try {
            JsonNode json = Canonical.MAPPER.readTree(input);
            if (json.isArray() && !json.isEmpty() && json.get(0).has("role")) {
                return json;
            }
        } catch (JacksonException e) {
            // Plain text, which is one message.
        }
        // Not Map.of, whose order differs from run to run.
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", "user");
        message.put("content", input);
        return List.of(message);
    }
}
