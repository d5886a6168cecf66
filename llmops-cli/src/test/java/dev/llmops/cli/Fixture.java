package dev.llmops.cli;

import dev.llmops.core.version.VersionSet;
import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.arm.SwitchControls;
import dev.llmops.release.arm.VersionSwitch;
import dev.llmops.release.store.JdbcSwitchStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;

/** A folder with one file of each kind that the commands read. */
final class Fixture {

    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    static final VersionSet OLD =
            VersionSet.builder().prompt("v12").model("m-1").build();
    static final VersionSet NEW =
            VersionSet.builder().prompt("v13").model("m-1").build();

    private Fixture() {}

    static void writeTo(Path folder) throws IOException {
        Files.writeString(folder.resolve("policy.yml"), """
                gate:
                  unit: request
                  mature_after: 60s
                  stages:
                    - {share: 10%, at_least: {units: 100, time: 1h}}
                    - {share: 50%, at_least: {units: 1000, time: 1h}, needs: proof}
                    - {share: 100%, holdback: 5%, for: 24h}
                  max_hold: 96h
                  lines:
                    quality:
                      errors: {pause: {ratio: 1.5}, roll_back: {ratio: 2}, min_bad: 5}
                    latency:
                      duration: {quantile: 0.95, pause: 1.5, roll_back: 2, floor: 5ms}
                """);
        Files.writeString(folder.resolve("slo.yml"), """
                version: llmops.slo/v1
                service: answers
                objectives:
                  - name: availability
                    indicator: {type: availability}
                    target: 95%
                    window: 28d
                """);
        Files.writeString(folder.resolve("prices.yml"), """
                format: llmops-price-book/1
                published: 2026-11-20
                models:
                  - provider: openai
                    model: gpt-4o
                    prices:
                      - {rates: {input_tokens: 2.5, output_tokens: 10}}
                """);
        Files.writeString(folder.resolve("litellm.json"), """
                {"gpt-4o": {"litellm_provider": "openai", "mode": "chat",
                  "input_cost_per_token": 0.000002, "output_cost_per_token": 0.00001}}
                """);
        Files.writeString(folder.resolve("range.json"), """
                {"status":"success","data":{"resultType":"matrix","result":[
                  {"metric":{"__name__":"llm_gpu_utilization","gpu_id":"0"},
                   "values":[[1795132800,"0.01"],[1795133100,"0.6"],[1795133400,"0.8"],[1795133700,"0.02"]]}]}}
                """);
        Files.writeString(folder.resolve("devices.csv"), """
                hour,devices,prefill_s,cached_prefill_s,decode_s,input_tokens,cached_input_tokens,output_tokens
                2026-11-20T00:00:00Z,4,1200,60,5400,8000000,1000000,900000
                """);
        Files.writeString(folder.resolve("candidate.txt"), "11\n12\n13\n14\n15\n");
        Files.writeString(folder.resolve("baseline.txt"), "10\n11\n12\n13\n14\n");
        Files.writeString(folder.resolve("notes.txt"), "write to bob@example.com\nnothing here\n");
        Files.writeString(folder.resolve("regression.jsonl"), """
                {"id":"c1","question":"What is the capital of France?","answer":"","good":false,"versionSet":"v"}
                """);
        Files.write(folder.resolve("last-week.jsonl"), log(3_000, false));
        Files.write(folder.resolve("calls.jsonl"), log(3_000, true));
    }

    /** Starts a release and rolls it back. */
    static void rollBackIn(String database) {
        DataSource dataSource = (DataSource) Proxy.newProxyInstance(
                Fixture.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, opening, arguments) -> DriverManager.getConnection(database));
        try (VersionSwitch release = VersionSwitch.builder("support-v13", OLD, NEW)
                .store(JdbcSwitchStore.on(dataSource))
                .clock(Clock.fixed(START, ZoneOffset.UTC))
                .build()) {
            SwitchControls controls = release.controls();
            controls.start(Exposure.of("10%", .1), Actor.person("ada"), "shorter answers");
            controls.rollBack(SwitchControls.ANY_REVISION, Actor.automatic("gate"), "errors");
        }
    }

    /** A call every five seconds; in a release every tenth is the candidate's, which is slow and fails often. */
    static List<String> log(int calls, boolean isRelease) {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            boolean isNew = isRelease && i % 10 == 3;
            boolean isBad = random.nextInt(100) < (isNew ? 60 : 2);
            double millis = (500 + random.nextInt(2_000)) * (isNew ? 4 : 1);
            String attributes = isRelease
                    ? ",\"attributes\":{\"release.change\":\"support-v13\",\"release.stage\":\"10%\",\"release.arm\":\""
                            + (isNew ? "candidate" : "baseline") + "\",\"release.unit\":\"u" + i + "\"}"
                    : "";
            VersionSet versions = isNew ? NEW : OLD;
            lines.add(String.format(
                    Locale.ROOT,
                    "{\"schema\":\"llmops.call/1\",\"timestamp\":\"%s\",\"call_id\":\"%s\",\"request_id\":\"r%d\","
                            + "\"feature\":\"support\",\"operation\":\"chat\",\"provider\":\"openai\",\"model_id\":\"gpt-4o\","
                            + "\"version_set\":{\"model\":\"m-1\",\"prompt\":\"%s\",\"id\":\"%s\"},\"streaming\":false,"
                            + "\"status\":\"%s\"%s,\"tokens_in\":%d,\"tokens_out\":%d,\"latency_ms\":{\"total\":%.1f},"
                            + "\"cost\":{\"amount\":\"0.00%d\",\"currency\":\"USD\",\"state\":\"exact\"},"
                            + "\"retries\":0,\"refusal\":false,\"sample_rate\":1.0%s}",
                    START.plusSeconds(5L * i),
                    new UUID(1, i),
                    i,
                    versions.part("prompt").orElseThrow(),
                    versions.id(),
                    isBad ? "error" : "success",
                    isBad ? ",\"error\":{\"kind\":\"overloaded\"}" : "",
                    200 + random.nextInt(2_000),
                    50 + random.nextInt(500),
                    millis,
                    1 + random.nextInt(9),
                    attributes));
        }
        return lines;
    }
}
