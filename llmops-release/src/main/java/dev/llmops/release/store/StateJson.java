package dev.llmops.release.store;

import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import tools.jackson.databind.json.JsonMapper;

/** States and events as JSON, field by field as the records have them. */
final class StateJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private StateJson() {}

    static String write(Object stateOrEvent) {
        return MAPPER.writeValueAsString(stateOrEvent);
    }

    static SwitchState state(String json) {
        return MAPPER.readValue(json, SwitchState.class);
    }

    static SwitchEvent event(String json) {
        return MAPPER.readValue(json, SwitchEvent.class);
    }
}
