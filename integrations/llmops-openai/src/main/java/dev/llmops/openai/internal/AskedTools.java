package dev.llmops.openai.internal;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of the tools that a model asks for, kept with its call as they arrive. */
final class AskedTools {

    private static final String ATTRIBUTE = "llm.response.tool_names";
    private static final int MAX_NAMES = 128;

    private final LlmCall call;
    private final Map<String, String> nameById = new LinkedHashMap<>();

    private AskedTools(LlmCall call) {
        this.call = call;
    }

    static AskedTools of(LlmCall call) {
        LiveCall live = call.live();
        if (live.attachment(AskedTools.class) instanceof AskedTools known) {
            return known;
        }
        AskedTools first = new AskedTools(call);
        live.attach(AskedTools.class, first);
        return first;
    }

    /** Adds a tool; returns false if the id is known, since items are announced before they are whole. */
    synchronized boolean add(String id, String name) {
        if (nameById.size() >= MAX_NAMES || nameById.putIfAbsent(id, name) != null) {
            return false;
        }
        call.attribute(ATTRIBUTE, List.copyOf(nameById.values()));
        return true;
    }

    synchronized boolean isEmpty() {
        return nameById.isEmpty();
    }
}
