package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.CompositeStatus;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the reader makes of answers that no well-behaved server gives. */
class PrometheusReaderTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Objective OBJECTIVE = Objective.builder("answers")
            .indicator(Indicator.availability())
            .target(0.9)
            .build();

    private final List<String> forms = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private int status = 200;
    private UnaryOperator<String> answer = query -> vector();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/prom/api/v1/query", exchange -> {
            String form = URLDecoder.decode(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    StandardCharsets.UTF_8);
            forms.add(form);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = answer.apply(form).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private PrometheusReaderBuilder reader() {
        return PrometheusReader.builder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prom"));
    }

    private SloStatus read() {
        return reader().build().read(OBJECTIVE, NOW).get(0);
    }

    private static String vector(String... samples) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + String.join(",", samples)
                + "]}}";
    }

    private static String sample(String part, String value) {
        return "{\"metric\":{\"llmops_part\":\"" + part + "\"},\"value\":[1,\"" + value + "\"]}";
    }

    @Test
    void countsAreRoundedToEvents_andJudgedAsTheEngineJudges() {
        answer = query -> query.contains("bad:period")
                ? vector(sample("bad:period", "300.0000001"), sample("total:period", "999.6"))
                : vector(sample("bad:1h", "50"), sample("total:1h", "100"));
        SloStatus status = read();
        assertThat(status.counts()).isEqualTo(new Counts(300, 1000));
        assertThat(status.state()).isEqualTo(SloStatus.State.BREACHED);
        assertThat(status.view()).isEqualTo(Measurement.View.FLEET);
        assertThat(status.at()).isEqualTo(NOW);
        assertThat(status.reason()).doesNotContain("one instance");
        assertThat(forms.get(0)).contains("time=1767225600").contains("timeout=10000ms");
    }

    private static ObjectiveSet excluding(Duration from, Duration to) {
        return new ObjectiveSet(
                List.of(OBJECTIVE),
                List.of(),
                List.of(),
                List.of(Exclusion.ofAll(NOW.minus(from), NOW.minus(to), "ana", "the index was moved")));
    }

    @Test
    void excluded_events_are_asked_for_at_their_end_and_taken_away() {
        answer = query -> {
            if (query.contains("bad:part")) {
                return vector(sample("bad:part", "40"), sample("total:part", "100"));
            }
            return query.contains("bad:period")
                    ? vector(sample("bad:period", "50"), sample("total:period", "1000"))
                    : vector(sample("bad:6h", "50"), sample("total:6h", "200"));
        };
        SloStatus status = reader().build()
                .read(excluding(Duration.ofHours(5), Duration.ofHours(4)), NOW)
                .get(0);
        assertThat(status.counts()).isEqualTo(new Counts(10, 900));
        assertThat(status.burnRate(Duration.ofHours(6)).orElseThrow()).isCloseTo(1, within(1e-9));
        assertThat(status.exclusions()).hasSize(1);
        assertThat(forms)
                .filteredOn(form -> form.contains("bad:part"))
                .first()
                .asString()
                .contains("time=" + NOW.minus(Duration.ofHours(4)).getEpochSecond(), "[1h]");
    }

    @Test
    void a_composite_is_read_from_its_members_and_its_slices() {
        Objective other = Objective.builder("others")
                .indicator(Indicator.availability())
                .target(0.9)
                .build();
        answer = query -> query.contains("bad:period")
                ? vector(sample("bad:period", "5"), sample("total:period", "100"))
                : vector();
        ObjectiveSet set = new ObjectiveSet(
                List.of(OBJECTIVE, other),
                List.of(),
                List.of(CompositeObjective.ofTimeSlices("all", new BigDecimal("0.9"), "answers", "others")),
                List.of());
        CompositeStatus status = reader().build().readComposites(set, NOW).get(0);
        assertThat(status.slices()).isEqualTo(new Counts(5, 100));
        assertThat(status.budgetRemaining().orElseThrow()).isEqualTo(0.5);
        assertThat(status.members()).extracting(SloStatus::objective).containsExactly(OBJECTIVE, other);
    }

    @Test
    void groupsAreReadFromLabels() {
        Objective grouped = Objective.builder("answers")
                .indicator(Indicator.availability())
                .target(0.9)
                .groupBy(Dimension.MODEL)
                .build();
        answer = query -> vector(
                "{\"metric\":{\"llmops_part\":\"bad:period\",\"model\":\"b\"},\"value\":[1,\"1\"]}",
                "{\"metric\":{\"llmops_part\":\"total:period\",\"model\":\"b\"},\"value\":[1,\"5\"]}",
                "{\"metric\":{\"llmops_part\":\"bad:period\",\"model\":\"a\"},\"value\":[1,\"0\"]}",
                "{\"metric\":{\"llmops_part\":\"total:period\",\"model\":\"a\"},\"value\":[1,\"9\"]}");
        assertThat(reader().build().read(grouped, NOW))
                .extracting(SloStatus::group, SloStatus::counts)
                .containsExactly(
                        tuple(Map.of(Dimension.MODEL, "a"), new Counts(0, 9)),
                        tuple(Map.of(Dimension.MODEL, "b"), new Counts(1, 5)));
    }

    @Test
    void emptyAnswer_isNoData() {
        SloStatus status = read();
        assertThat(status.state()).isEqualTo(SloStatus.State.INSUFFICIENT_DATA);
        assertThat(status.alertState("page")).isEqualTo(TierVerdict.State.NO_DATA);
        assertThat(status.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NaN", "+Inf", "-Inf", "nonsense"})
    void valueThatIsNoNumber_isNoData(String value) {
        answer = query -> vector(sample("bad:period", value), sample("total:period", "100"));
        assertThat(read().counts()).isEqualTo(Counts.NONE);
    }

    @Test
    void partialAnswer_isJudgedAndNoted() {
        answer = query -> vector(sample("bad:period", "0"), sample("total:period", "100"))
                .replace("{\"status\"", "{\"warnings\":[\"store x unavailable\"],\"status\"");
        SloStatus status = read();
        assertThat(status.state()).isEqualTo(SloStatus.State.MET);
        assertThat(status.reason()).contains("the answer for the period is partial: store x unavailable");
    }

    @Test
    void failureOfOneQuery_leavesTheOthers() {
        answer = query -> query.contains("bad:period")
                ? "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"too many samples\"}"
                : vector(
                        sample("bad:6h", "500"),
                        sample("total:6h", "1000"),
                        sample("bad:30m", "50"),
                        sample("total:30m", "80"));
        SloStatus status = read();
        assertThat(status.state()).isEqualTo(SloStatus.State.INSUFFICIENT_DATA);
        assertThat(status.notes())
                .containsExactly("the period could not be read: Prometheus answered HTTP 200: too many samples");
        assertThat(status.alertState("page")).isEqualTo(TierVerdict.State.FIRING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401||Prometheus refused the credentials (HTTP 401)",
                "403||Prometheus refused the credentials (HTTP 403)",
                "302||Prometheus cannot be reached (redirect to another server or method refused (HTTP 302 to http://127.0.0.1:1)",
                "404|404 page not found|Prometheus answered HTTP 404 without JSON; is the address right?",
                "422|{\"status\":\"error\",\"error\":\"parse error\"}|Prometheus answered HTTP 422: parse error",
                "503|{\"status\":\"error\"}|Prometheus answered HTTP 503: no reason given",
            })
    void troubleIsNoted_andNothingIsClaimed(int code, String body, String note) {
        status = code;
        answer = query -> body == null ? "" : body;
        SloStatus status = read();
        assertThat(status.state()).isEqualTo(SloStatus.State.INSUFFICIENT_DATA);
        assertThat(status.notes()).anyMatch(text -> text.startsWith("the period could not be read: " + note));
    }

    @Test
    void slowServer_isGivenUp() {
        answer = query -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return vector();
        };
        SloStatus status = reader().timeout(Duration.ofMillis(50))
                .build()
                .read(OBJECTIVE, NOW)
                .get(0);
        assertThat(status.notes()).contains("the period could not be read: Prometheus did not answer within 50 ms");
    }

    @Test
    void serverThatIsGone_isNoted() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        SloStatus status = PrometheusReader.builder(URI.create("http://127.0.0.1:" + port))
                .build()
                .read(OBJECTIVE, NOW)
                .get(0);
        assertThat(status.notes())
                .anyMatch(note -> note.startsWith("the period could not be read: Prometheus cannot be reached"));
    }

    @Test
    void credentialsAreSent_andATokenIsAskedForEachTime() {
        int[] asked = {0};
        reader().bearerToken(() -> "t" + ++asked[0]).build().read(OBJECTIVE, NOW);
        assertThat(authorizations).startsWith("Bearer t1", "Bearer t2");
        authorizations.clear();
        reader().basicAuth("slo", "p:w").build().read(OBJECTIVE, NOW);
        assertThat(authorizations).allMatch("Basic c2xvOnA6dw=="::equals);
    }

    @Test
    void eventRulesAreRead() {
        ObjectiveSet set = new ObjectiveSet(List.of(), List.of(EventRule.never("no-leak", "leak")));
        answer = query -> vector(sample("bad:period", "1.02"), sample("total:period", "41"));
        assertThat(reader().build().readEventRules(set, NOW)).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(TierVerdict.State.FIRING);
            assertThat(status.events()).isEqualTo(1);
            assertThat(status.calls()).isEqualTo(41);
        });
    }

    @Test
    void addressIsChecked() {
        assertThatThrownBy(() -> PrometheusReader.builder(URI.create("prometheus:9090")))
                .hasMessageContaining("server is prometheus:9090 — an http or https address");
        assertThatThrownBy(() -> PrometheusReader.builder(URI.create("http://me:secret@prometheus")))
                .hasMessage("server holds credentials — none in the address — pass them to basicAuth");
    }

    @Test
    void more_good_events_than_events_are_noted_and_not_judged() {
        answer = query -> vector(sample("bad:period", "-500"), sample("total:period", "1000"));
        SloStatus status = read();
        assertThat(status.state()).isEqualTo(SloStatus.State.INSUFFICIENT_DATA);
        assertThat(status.counts()).isEqualTo(Counts.NONE);
        assertThat(status.notes())
                .contains("the series of the period are broken: there are more good events than events (1,500 of"
                        + " 1,000); check the objective's queries");
    }

    @Test
    void a_threshold_that_is_no_edge_is_noted_with_the_edges() {
        Objective fast = Objective.builder("fast")
                .indicator(Indicator.latency(Duration.ofMillis(300)))
                .target(0.9)
                .source(new MetricSource.ClassicHistogram("h_seconds", "", 0.3, List.of()))
                .build();
        answer = query -> query.contains("group by (le)")
                ? vector(edge("+Inf"), edge("1.0"), edge("0.25"))
                : vector(sample("total:period", "50"));
        assertThat(reader().build().read(fast, NOW).get(0).notes())
                .containsExactly("the series of the period are broken: 50 events exist, but no verdict on them; the"
                        + " threshold 0.3 is no edge of h_seconds, which has 0.25, 1.0, +Inf");
    }

    private static String edge(String le) {
        return "{\"metric\":{\"le\":\"" + le + "\"},\"value\":[1,\"1\"]}";
    }

    @Test
    void a_bad_query_without_any_series_is_noted() {
        Objective errors = Objective.builder("errors")
                .indicator(Indicator.reported())
                .target(0.9)
                .source(MetricSource.badOverTotal("rate(mispelt[{{.window}}])", "rate(x[{{.window}}])"))
                .build();
        answer = query -> query.contains("total:period")
                ? vector(sample("bad:period", "0"), sample("total:period", "100"))
                : vector();
        assertThat(reader().build().read(errors, NOW).get(0).notes())
                .singleElement()
                .asString()
                .startsWith("the bad query has no series in the whole window");
    }

    @Test
    void instances_that_stopped_are_told() {
        answer = query -> query.contains("instances:now")
                ? vector(sample("instances:now", "2"), sample("instances:before", "3"))
                : vector(sample("bad:period", "0"), sample("total:period", "100"));
        SloStatus status = read();
        assertThat(status.replicas()).isEqualTo(new Replicas(2, 3));
        assertThat(status.reason()).contains("only 2 of 3 instances report");
    }

    @Test
    void a_group_born_above_zero_says_what_prometheus_cannot_know() {
        answer = query -> query.contains("instances:now")
                ? vector(sample("born", "7"))
                : vector(sample("bad:period", "0"), sample("total:period", "100"));
        assertThat(read().notes())
                .containsExactly(
                        "its counters began above zero, so that 7 of its first events are unknown to Prometheus");
    }
}
