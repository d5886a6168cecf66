package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a backtest is given of the series that a server has. */
class PrometheusHistoryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final Objective OBJECTIVE = Objective.builder("answers")
            .indicator(Indicator.availability())
            .target(0.99)
            .build();

    private String body = "";
    private HttpServer server;

    @BeforeEach
    void start_a_server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop_the_server() {
        server.stop(0);
    }

    private Map<Instant, Counts> history() throws IOException {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return PrometheusReader.builder(address)
                .build()
                .history(OBJECTIVE, NOW.minus(Duration.ofDays(1)), NOW)
                .steps();
    }

    private static String series(String part, String value) {
        return value.equals("absent")
                ? ""
                : "{\"metric\": {\"llmops_part\": \"" + part + ":step\"}, \"values\": [[" + NOW.getEpochSecond()
                        + ", \"" + value + "\"]]}";
    }

    @ParameterizedTest
    @CsvSource({
        "100,    1,      1 of 100",
        "100,    0,      0 of 100",
        "100.4,  0.6,    1 of 100",
        "100,    -0.4,   0 of 100",
        "100,    100.9,  100 of 100",
        "100,    absent, nothing",
        "absent, 1,      nothing",
        "100,    150,    nothing",
        "100,    -50,    nothing",
        "0,      0,      nothing",
        "0.4,    0.4,    nothing",
        "NaN,    1,      nothing",
        "100,    NaN,    nothing",
        "+Inf,   1,      nothing",
        "100,    -Inf,   nothing"
    })
    void a_step_counts_where_both_series_are_there_and_agree(String total, String bad, String counted)
            throws IOException {
        String one = series("total", total);
        String other = series("bad", bad);
        String separator = one.isEmpty() || other.isEmpty() ? "" : ", ";
        body = "{\"status\": \"success\", \"data\": {\"resultType\": \"matrix\", \"result\": [" + one + separator
                + other + "]}}";

        Counts counts = history().getOrDefault(NOW, Counts.NONE);

        assertThat(counts.isEmpty() ? "nothing" : (long) counts.bad() + " of " + (long) counts.total())
                .isEqualTo(counted);
    }

    @Test
    void an_answer_in_part_is_none() {
        body = "{\"status\": \"success\", \"warnings\": [\"one store is away\"], \"data\": {\"resultType\": \"matrix\","
                + " \"result\": []}}";

        assertThatThrownBy(this::history)
                .isInstanceOf(IOException.class)
                .hasMessage("the answer for the history is partial: one store is away");
    }
}
