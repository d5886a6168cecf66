package dev.llmops.samples.gateway.views;

import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /health}: 200 while calls can be served and booked, and 503 with the reasons otherwise. */
public final class HealthEndpoint implements Endpoint {

    private static final double FULL = .95;

    private final CostService costs;

    /** Creates the endpoint. */
    public HealthEndpoint(CostService costs) {
        this.costs = costs;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        List<String> problems = new ArrayList<>(costs.problems());
        if (isHeapFull()) {
            problems.add("the heap is full after garbage collection");
        }
        ObjectNode answer = JsonMapper.shared().createObjectNode().put("status", problems.isEmpty() ? "ok" : "failing");
        if (!problems.isEmpty()) {
            problems.forEach(answer.putArray("problems")::add);
        }
        exchange.answer(problems.isEmpty() ? 200 : 503, answer);
    }

    /** Returns true if garbage collection leaves nearly no room in the largest pool. */
    private static boolean isHeapFull() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool ->
                        pool.getType() == MemoryType.HEAP && pool.getName().contains("Old"))
                .anyMatch(pool -> {
                    MemoryUsage kept = pool.getCollectionUsage();
                    return kept != null && kept.getMax() > 0 && kept.getUsed() > FULL * kept.getMax();
                });
    }
}
