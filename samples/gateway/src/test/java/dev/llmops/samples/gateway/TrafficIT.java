package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficIT {

    @Test
    void the_gateway_serves_its_own_traffic() {
        GatewayOptions options = new GatewayOptions();
        options.traffic = 100;
        try (RunningGateway gateway = new RunningGateway(options)) {
            await().untilAsserted(() -> {
                Scrape scrape = gateway.scrape();
                assertThat(scrape.sum("llm_requests_total", "status", "success"))
                        .isGreaterThan(50);
                assertThat(scrape.sum("llm_feedback_total")).isPositive();
                assertThat(scrape.sum("llm_evaluation_score_count", "evaluation", "faithfulness"))
                        .isPositive();
                assertThat(scrape.by("gateway_requests_total", "path")).containsKeys("/chat", "/feedback");
            });
        }
    }

    @Test
    void the_traffic_is_varied_and_the_same_in_each_run() {
        SplittableRandom one = new SplittableRandom(1);
        SplittableRandom two = new SplittableRandom(1);
        var requests = IntStream.range(0, 2_000)
                .mapToObj(i -> TrafficRequest.next(one, 0.03))
                .toList();
        assertThat(requests)
                .isEqualTo(IntStream.range(0, 2_000)
                        .mapToObj(i -> TrafficRequest.next(two, 0.03))
                        .toList());
        assertThat(requests.stream().filter(TrafficRequest::leavesEarly).count())
                .isBetween(20L, 60L);
        assertThat(requests.stream()
                        .filter(each -> each.script().contains("fault="))
                        .count())
                .isBetween(35L, 90L);
        assertThat(requests.stream().map(TrafficRequest::verdict).distinct())
                .containsExactlyInAnyOrder(null, "up", "down");
        assertThat(requests.stream().map(TrafficRequest::body).distinct().count())
                .isGreaterThan(300);
    }
}
