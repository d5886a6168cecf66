package dev.llmops.samples.rag;

import java.util.Map;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.stereotype.Component;

/** The tool of the assistant. */
@Component
class Orders {

    private static final Map<String, String> STATES = Map.of(
            "A-1001",
            "is on its way and arrives tomorrow.",
            "A-1002",
            "waits for a spare part and is ready on Friday.");

    @Tool(name = "orderStatus", description = "Says where an order is")
    public String status(@ToolParam(description = "The number of the order, such as A-1001") String number) {
        String state = STATES.get(number);
        return state == null ? "There is no order " + number + "." : "Order " + number + " " + state;
    }
}
