package dev.llmops.cost.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.cost.internal.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The cost cases that other projects' test suites and executed code provide. */
public final class CostCases {

    private CostCases() {}

    /** The cases of every file of a kind, such as {@code cases-public.json}. */
    public static Stream<JsonNode> cases(String kind) {
        return list(kind, "cases");
    }

    /** Calls that must be refused. */
    public static Stream<JsonNode> errorCases() {
        return list("cases", "errorCases");
    }

    public static Stream<JsonNode> ofFormat(String format) {
        return cases("cases").filter(each -> each.path("priceFormat").asString().equals(format));
    }

    private static Stream<JsonNode> list(String kind, String property) {
        return files(".", kind + "-*.json")
                .flatMap(file -> StreamSupport.stream(
                        Json.json(Json.text(file)).path(property).spliterator(), false));
    }

    /** Price files as other projects publish them. */
    public static Stream<Path> imports(String project) {
        return files("imports", project + "-*.json");
    }

    /** What an importer should count in a price file. */
    public static JsonNode facts(Path priceFile) {
        String name = priceFile.getFileName().toString();
        return files("imports", "facts*.json")
                .map(file -> Json.json(Json.text(file)).path(name))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no facts of " + name + " beside it"));
    }

    private static Stream<Path> files(String subfolder, String glob) {
        Path cases = Path.of(System.getProperty("llmops.cases"), "cost");
        assumeTrue(Files.isDirectory(cases), "no cases at " + cases);
        Path folder = cases.resolve(subfolder).normalize();
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (files.isEmpty()) {
            throw new IllegalStateException("no file of " + folder + " matches " + glob);
        }
        return files.stream().sorted();
    }

    public static Map<String, BigDecimal> usage(JsonNode usage) {
        Map<String, BigDecimal> map = new LinkedHashMap<>();
        usage.properties()
                .forEach(count -> map.put(count.getKey(), count.getValue().decimalValue()));
        return map;
    }

    /** The total that must come out, to the last digit. */
    public static BigDecimal total(JsonNode each) {
        boolean exact = each.path("exact").asBoolean();
        return Json.decimal(exact ? each.path("expected").path("totalCost") : each.path("expectedExactTotal"));
    }
}
