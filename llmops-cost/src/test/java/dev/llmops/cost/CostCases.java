package dev.llmops.cost;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The cost cases that other projects' test suites and executed code provide. */
final class CostCases {

    private CostCases() {}

    static JsonNode file(String name) {
        Path folder = Path.of(System.getProperty("llmops.cases"), "cost");
        assumeTrue(Files.isDirectory(folder), "no cases at " + folder);
        return Json.json(Json.text(folder.resolve(name)));
    }

    static String text(String name) {
        Path folder = Path.of(System.getProperty("llmops.cases"), "cost");
        assumeTrue(Files.isDirectory(folder), "no cases at " + folder);
        return Json.text(folder.resolve(name));
    }

    static Stream<JsonNode> ofFormat(String format) {
        List<JsonNode> cases = new ArrayList<>();
        file("cases-public.json").path("cases").forEach(each -> {
            if (each.path("priceFormat").asString().equals(format)) {
                cases.add(each);
            }
        });
        return cases.stream();
    }

    static Map<String, BigDecimal> usage(JsonNode usage) {
        Map<String, BigDecimal> map = new LinkedHashMap<>();
        usage.properties()
                .forEach(count -> map.put(count.getKey(), count.getValue().decimalValue()));
        return map;
    }

    /** The total that must come out, to the last digit. */
    static BigDecimal total(JsonNode each) {
        boolean exact = each.path("exact").asBoolean();
        return Json.decimal(exact ? each.path("expected").path("totalCost") : each.path("expectedExactTotal"));
    }
}
