package dev.llmops.samples.gateway.calls;

import dev.llmops.core.LlmCall;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Records the parameters of a request under the names of OpenTelemetry's GenAI conventions. */
final class RequestAttributes {

    private static final String PREFIX = "gen_ai.request.";
    private static final Map<String, String> NUMBERS = Map.of(
            "temperature", "temperature",
            "top_p", "top_p",
            "frequency_penalty", "frequency_penalty",
            "presence_penalty", "presence_penalty",
            "seed", "seed",
            "max_tokens", "max_tokens",
            "max_completion_tokens", "max_tokens",
            "max_output_tokens", "max_tokens");

    private RequestAttributes() {}

    /**
     * Adds them to a call.
     *
     * @param body a request in OpenAI's form
     */
    static void addTo(LlmCall call, JsonNode body) {
        NUMBERS.forEach((field, name) -> addNumber(call, PREFIX + name, body.path(field)));
        if (body.path("n").asInt(1) != 1) {
            addNumber(call, PREFIX + "choice.count", body.path("n"));
        }
        List<String> stops = stops(body.path("stop"));
        if (!stops.isEmpty()) {
            call.attribute(PREFIX + "stop_sequences", stops);
        }
        switch (body.path("response_format").path("type").stringValue("")) {
            case "text" -> call.attribute("gen_ai.output.type", "text");
            case "json_object", "json_schema" -> call.attribute("gen_ai.output.type", "json");
            default -> {} // not asked for, or not known to the conventions
        }
    }

    /** Returns the stop sequences: a request has one as a string, or several as an array. */
    private static List<String> stops(JsonNode stop) {
        Stream<JsonNode> stops = stop.isArray() ? stop.valueStream() : Stream.of(stop);
        return stops.filter(JsonNode::isString).map(JsonNode::stringValue).toList();
    }

    private static void addNumber(LlmCall call, String name, JsonNode value) {
        double number = value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN;
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            call.attribute(name, value.longValue());
        } else if (!value.isIntegralNumber() && Double.isFinite(number)) {
            call.attribute(name, number);
        }
    }
}
