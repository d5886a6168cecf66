package dev.llmops.anthropic.internal;

import com.anthropic.core.ObjectMappers;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Writes objects of the client as it does. */
final class Json {

    private Json() {}

    static String of(Object value) {
        try {
            return ObjectMappers.jsonMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
