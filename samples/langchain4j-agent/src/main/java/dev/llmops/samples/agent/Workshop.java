package dev.llmops.samples.agent;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tools of the agent. */
public final class Workshop {

    private static final Map<String, String> ORDERS = Map.of(
            "A-1001",
            "is on its way and arrives tomorrow.",
            "A-1002",
            "waits for a spare part and is ready on Friday.");

    private final Set<String> booked = ConcurrentHashMap.newKeySet();

    /**
     * Says where an order is.
     *
     * @param number the order
     * @return a sentence
     */
    @Tool("Says where an order is")
    public String orderStatus(@P("The number of the order, such as A-1001") String number) {
        String state = ORDERS.get(number);
        return state == null ? "There is no order " + number + "." : "Order " + number + " " + state;
    }

    /**
     * Books a day in the workshop, for one bicycle.
     *
     * @param day the day
     * @return a sentence
     */
    @Tool("Books a day in the workshop")
    public String bookRepair(@P("The day, such as 2026-12-01") String day) {
        return booked.add(day) ? "Your repair is booked for " + day + "." : "No place is free on " + day + ".";
    }
}
