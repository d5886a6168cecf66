package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.samples.gateway.release.DemoRelease;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The releases of the demo against the running gateway; all five with {@code -Dllmops.releases=all}. */
class DemoReleaseIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Map<DemoRelease, String> ENDS = Map.of(
            DemoRelease.GOOD, "complete",
            DemoRelease.BAD_SLOW, "roll_back",
            DemoRelease.DEAR, "pause",
            DemoRelease.WORSE, "roll_back",
            DemoRelease.LEAKY, "close_entrance");

    static Stream<DemoRelease> releases() {
        return "all".equals(System.getProperty("llmops.releases"))
                ? Stream.of(DemoRelease.values())
                : Stream.of(DemoRelease.LEAKY);
    }

    @ParameterizedTest
    @MethodSource("releases")
    void a_release_ends_as_it_must(DemoRelease release) {
        GatewayOptions options = new GatewayOptions();
        options.release = release;
        try (RunningGateway gateway = new RunningGateway(options)) {
            JsonNode gate = await().atMost(LIMIT)
                    .until(
                            () -> json(gateway.get("/gate")),
                            seen -> actions(seen)
                                    .anyMatch(
                                            action -> action.equals(ENDS.get(release)) || action.equals("roll_back")));
            assertThat(actions(gate)).contains(ENDS.get(release));
        }
    }

    private static Stream<String> actions(JsonNode gate) {
        return gate.path("actions")
                .valueStream()
                .map(action -> action.path("action").asString());
    }
}
