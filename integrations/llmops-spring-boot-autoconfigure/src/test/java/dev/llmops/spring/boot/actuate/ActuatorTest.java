package dev.llmops.spring.boot.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = ActuatorTest.Application.class,
        properties = {
            "spring.config.name=objectives-inline",
            "management.endpoints.web.exposure.include=health,llmops,llmopspage,prometheus",
            "management.endpoint.health.show-details=always",
            "management.health.redis.enabled=false",
            "management.prometheus.metrics.export.enabled=true",
            "llmops.health.out-of-service-on-breach=true",
            "llmops.content.id-key=0123456789abcdef",
            "llmops.budgets.user=2.00/day",
            "llmops.budgets.total=100/month"
        })
class ActuatorTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @LocalServerPort
    private int port;

    @BeforeAll
    static void calls(@Autowired LlmOps llmops) {
        for (int i = 0; i < 400; i++) {
            failed(llmops);
        }
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .user("alice@example.com")
                .feature("support")
                .requestId("r-1")
                .start();
        call.usage(TokenUsage.inclusive(400_000, 0)).finish("stop");
        llmops.feedback("r-1", LlmEvent.Verdict.DOWN, "wrong city");
    }

    private static void failed(LlmOps llmops) {
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().fail(CallError.of(ErrorKind.OVERLOADED));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/" + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        return JsonMapper.shared().readTree(get(path).body());
    }

    @Test
    void the_endpoint_shows_objectives_money_calls_and_what_is_measured() throws Exception {
        JsonNode page = json("llmops");
        assertThat(page.propertyNames())
                .containsExactly("measurement", "library", "objectives", "cost", "budgets", "calls");
        assertThat(page.at("/cost/total/amounts/USD").asString()).isEqualTo("1");
        assertThat(page.at("/cost/feature/0/name").asString()).isEqualTo("support");
        assertThat(page.at("/budgets/limits/0/spent").asString()).isEqualTo("1");
    }

    @Test
    void a_section_can_be_read_alone_and_others_are_not_found() throws Exception {
        assertThat(json("llmops/objectives").findValuesAsString("status")).contains("BREACHED");
        assertThat(get("llmops/secrets").statusCode()).isEqualTo(404);
    }

    @Test
    void calls_are_shown_as_the_content_policy_shows_them() throws Exception {
        String calls = get("llmops/calls").body();
        assertThat(calls)
                .contains("\"request_id\":\"r-1\"", "llmops.feedback/1")
                .doesNotContain("alice@example.com", "wrong city");
        assertThat(get("llmops/cost").body()).doesNotContain("alice@example.com");
    }

    @Test
    void the_page_shows_objectives_and_calls_to_a_browser() throws Exception {
        HttpResponse<String> page = get("llmopspage");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.body())
                .startsWith("<!DOCTYPE html>")
                .contains("BREACHED", ">gpt-4o<", "data-events=\"llmopspage/events\"")
                .doesNotContain("alice@example.com");
    }

    @Test
    void an_open_page_follows_by_events() throws Exception {
        HttpResponse<String> event = get("llmopspage/events");
        assertThat(event.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
        assertThat(event.body()).startsWith("retry: 2000\ndata: \"").endsWith("\"\n\n");
        assertThat(event.body().lines()).hasSize(3);
        assertThat(get("llmopspage/other").statusCode()).isEqualTo(404);
    }

    @Test
    void the_endpoint_only_reads() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/llmops"))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void a_breach_leaves_the_health_of_the_application_alone() throws Exception {
        assertThat(get("health").statusCode()).isEqualTo(200);
        assertThat(json("health").at("/status").asString()).isEqualTo("UP");
        assertThat(get("health").body()).doesNotContain("BREACHED");
    }

    @Test
    void a_breach_takes_the_group_llm_out_of_service_if_asked_to() throws Exception {
        assertThat(get("health/llm").statusCode()).isEqualTo(503);
        assertThat(json("health/llm").at("/status").asString()).isEqualTo("OUT_OF_SERVICE");
        assertThat(get("health/llm").body()).contains("BREACHED");
    }

    @Test
    void the_groups_of_the_application_are_still_there() throws Exception {
        assertThat(json("health").at("/groups").valueStream().map(JsonNode::asString))
                .contains("liveness", "readiness", "llm");
        assertThat(get("health/liveness").statusCode()).isEqualTo(200);
    }

    @Test
    void metrics_are_on_the_prometheus_page_of_the_application() throws Exception {
        assertThat(get("prometheus").body())
                .contains("llm_requests_total{model=\"gpt-4o\"", "slo=\"month\"", "jvm_memory_used_bytes");
    }
}
