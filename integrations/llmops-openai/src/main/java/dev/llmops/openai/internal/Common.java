package dev.llmops.openai.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import com.openai.core.ObjectMappers;
import dev.llmops.core.LlmCall;
import dev.llmops.core.error.ProviderErrors;
import java.util.Map;
import java.util.Optional;

/** Reads what several kinds of responses have in common. */
final class Common {

    /** The name by which the drift watch of llmops-quality knows the fingerprint. */
    private static final String FINGERPRINT = "openai.response.system_fingerprint";

    /** The name by which llmops-cost knows the tier. */
    private static final String BILLED_TIER = "llmops.service_tier";

    private Common() {}

    static void identity(JsonField<String> id, JsonField<?> model, LlmCall call) {
        id.asKnown().ifPresent(known -> call.attribute("gen_ai.response.id", known));
        if (model.asKnown().isPresent()) {
            call.responseModel(Request.name(model));
        }
    }

    static void tier(JsonField<?> tier, LlmCall call) {
        tier.asKnown().ifPresent(known -> {
            call.attribute("openai.response.service_tier", known.toString());
            call.attribute(BILLED_TIER, known.toString());
        });
    }

    static void fingerprint(JsonField<String> fingerprint, LlmCall call) {
        fingerprint.asKnown().ifPresent(known -> call.attribute(FINGERPRINT, known));
    }

    /** Ends a call whose response holds an error, which compatible servers send with a status of success. */
    static void error(Map<String, JsonValue> properties, LlmCall call) {
        JsonValue error = properties.get("error");
        if (error != null && !error.isNull() && !error.isMissing()) {
            call.fail(ProviderErrors.ofStream(json(error)));
        }
    }

    static boolean hasText(Map<String, JsonValue> properties, String name) {
        JsonValue value = properties.get(name);
        Optional<?> text = value == null ? Optional.empty() : value.asString();
        return text.filter(known -> !known.toString().isEmpty()).isPresent();
    }

    static String json(Object value) {
        try {
            return ObjectMappers.jsonMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
