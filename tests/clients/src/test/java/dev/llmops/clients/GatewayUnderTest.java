package dev.llmops.clients;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running gateway: its address, and its log, which has one line for each call. */
final class GatewayUnderTest {

    /** The system property of the address; without it there is nothing to test. */
    static final String ADDRESS = "llmops.gateway";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private GatewayUnderTest() {}

    /** Returns the base URL that a client of OpenAI is given. */
    static String baseUrl() {
        return System.getProperty(ADDRESS) + "/v1";
    }

    /** Returns the records of the calls to a model; waits until there are so many. */
    static List<JsonNode> records(String model, int count) {
        return await().atMost(PATIENCE).until(() -> records(model), found -> found.size() >= count);
    }

    private static List<JsonNode> records(String model) {
        try (var lines = Files.lines(Path.of(System.getProperty("llmops.gateway.log")))) {
            return lines.filter(line -> line.startsWith("{") && line.endsWith("}"))
                    .map(line -> JsonMapper.shared().readTree(line))
                    .filter(line -> line.path("schema").asString("").equals("llmops.call/1"))
                    .filter(line -> line.path("model_id").asString("").equals(model))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
