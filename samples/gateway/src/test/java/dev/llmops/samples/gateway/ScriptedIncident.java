package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.samples.gateway.views.SloService;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.test.SloRun;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Ten minutes in which every fifth call to a gateway fails, among two hours of which the gateway and its client are told
 * that they pass; a client that holds the gateway against its availability; and what {@code /metrics} and {@code /slo} said
 * at the end of each minute.
 */
final class ScriptedIncident {

    static final int FAILED = 40;
    static final int CALLS = 285;
    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hello\",\"budget_ms\":20000}";
    private static final String QUICK = "tokens=2; ttft_ms=0; gap_ms=0";

    /** What {@code /slo} said of availability in the last minute of the failures, at the end, and after a restart. */
    final JsonNode atPeak;

    final JsonNode atEnd;
    final JsonNode afterRestart;

    /** The same calls, as the client saw them. */
    final SloRun run;

    private final List<Scrape> scrapes = new ArrayList<>();
    private final int peakMinute;
    private Instant now = Instant.parse("2026-05-01T12:00:30Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final LlmOps client;

    ScriptedIncident(Path dataDir) {
        run = SloRun.of(availability());
        client = LlmOps.builder().clock(clock).listener(run).build();
        GatewayOptions options = new GatewayOptions();
        options.dataDir = dataDir;
        try (RunningGateway gateway = new RunningGateway(options, clock)) {
            minutes(gateway, 10, 0, 0);
            minutes(gateway, 9, 20, 5);
            atPeak = minute(gateway, 20, 5);
            peakMinute = scrapes.size();
            minutes(gateway, 40, 2, 0);
            minutes(gateway, 60, 0, 0);
            atEnd = minute(gateway, 5, 0);
        }
        try (RunningGateway restarted = new RunningGateway(options, clock)) {
            afterRestart = restarted.objective("availability");
        }
        client.close();
    }

    /** The one objective of the gateway that the incident is about. */
    static ObjectiveSet availability() {
        return new ObjectiveSet(
                SloService.objectives().objectives().stream()
                        .filter(objective -> objective.name().equals("availability"))
                        .toList(),
                List.of());
    }

    private void minutes(RunningGateway gateway, int count, int calls, int everyNthFails) {
        for (int i = 0; i < count; i++) {
            minute(gateway, calls, everyNthFails);
        }
    }

    private JsonNode minute(RunningGateway gateway, int calls, int everyNthFails) {
        for (int i = 1; i <= calls; i++) {
            boolean fails = everyNthFails > 0 && i % everyNthFails == 0;
            chat(gateway, fails ? QUICK + "; fault=error_before_first_token" : QUICK);
        }
        scrapes.add(gateway.scrape());
        JsonNode said = gateway.objective("availability");
        now = now.plus(Duration.ofMinutes(1));
        return said;
    }

    private void chat(RunningGateway gateway, String script) {
        LlmCall call = client.call(Operation.CHAT, "gateway", "gpt-4o-mini").start();
        HttpResponse<String> response = gateway.chat(script, CHAT);
        if (response.statusCode() == 200) {
            call.finish("stop");
        } else {
            String type = json(response).path("error").path("type").asString();
            call.fail(CallError.of(ErrorKind.standard().stream()
                    .filter(kind -> kind.name().equals(type))
                    .findFirst()
                    .orElseThrow()));
        }
    }

    /** The counters of objectives up to the peak, with the last sample at an instant, as OpenMetrics text. */
    String samplesUntilPeak(Instant last) {
        return samples(scrapes.subList(0, peakMinute), last);
    }

    /** The counters of objectives, with the last sample at an instant, as OpenMetrics text. */
    String samples(Instant last) {
        return samples(scrapes, last);
    }

    private static String samples(List<Scrape> scrapes, Instant last) {
        Map<String, StringBuilder> lines = new TreeMap<>();
        Instant at = last.minus(Duration.ofMinutes(scrapes.size() - 1));
        for (Scrape scrape : scrapes) {
            for (Scrape.Series series : scrape.series()) {
                if (series.name().equals("llm_slo_events_total")) {
                    StringBuilder labels = new StringBuilder();
                    series.labels()
                            .forEach((name, value) -> labels.append(labels.length() == 0 ? "" : ",")
                                    .append(name)
                                    .append("=\"")
                                    .append(value)
                                    .append('"'));
                    lines.computeIfAbsent(series.name() + "{" + labels + "} ", name -> new StringBuilder())
                            .append(series.name() + "{" + labels + "} ")
                            .append(series.value())
                            .append(' ')
                            .append(at.getEpochSecond())
                            .append('\n');
                }
            }
            at = at.plus(Duration.ofMinutes(1));
        }
        return "# TYPE llm_slo_events counter\n" + String.join("", lines.values()) + "# EOF\n";
    }
}
