package dev.llmops.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Phase;
import dev.llmops.core.RunningTool;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.privacy.Pseudonyms;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Content;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Redaction;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.version.VersionSet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallLogTest {

    private static Logged enriched(UnaryOperator<CallRecord.Builder> enricher) {
        return new Logged(
                log -> log,
                ops -> ops.enricher(record -> enricher.apply(record.toBuilder()).build()));
    }

    private static Map<String, Object> fieldsAfter(Consumer<LlmCall> ending) {
        Logged logged = new Logged();
        ending.accept(logged.chat().start());
        return logged.fields();
    }

    @Test
    void the_least_call_is_a_valid_record() {
        assertThat(fieldsAfter(LlmCall::finish).keySet())
                .containsExactly(
                        "schema",
                        "timestamp",
                        "call_id",
                        "operation",
                        "provider",
                        "model_id",
                        "version_set",
                        "streaming",
                        "status",
                        "tokens",
                        "latency_ms",
                        "retries",
                        "refusal",
                        "sample_rate");
    }

    @Test
    void who_asked_what_is_told() {
        Logged logged = new Logged();
        LlmCall call = logged.chat()
                .requestId("r-1")
                .traceId("canary-test-001")
                .conversationId("c-1")
                .user("u1")
                .tenant("acme")
                .feature("support")
                .serverAddress("api.openai.com")
                .streaming(true)
                .start();
        call.live().trace("canary-test-001", "b7ad6b7169203331");
        logged.ticker.advanceMillis(1750);
        call.responseModel("gpt-4o-2024-08-06").finish("stop");
        assertThat(logged.fields())
                .containsEntry("schema", "llmops.call/1")
                .containsEntry("timestamp", "2026-01-01T00:00:01.750Z")
                .containsEntry("trace_id", "canary-test-001")
                .containsEntry("span_id", "b7ad6b7169203331")
                .containsEntry("request_id", "r-1")
                .containsEntry("conversation_id", "c-1")
                .containsEntry("user_id", "u1")
                .containsEntry("tenant", "acme")
                .containsEntry("feature", "support")
                .containsEntry("server_address", "api.openai.com")
                .containsEntry("streaming", true)
                .containsEntry("model_id", "gpt-4o")
                .containsEntry("response_model", "gpt-4o-2024-08-06")
                .containsEntry("finish_reasons", List.of("stop"));
        assertThat(logged.entry().message()).isEqualTo("chat openai/gpt-4o completed 1750 ms");
    }

    @ParameterizedTest
    @CsvSource({"finish, success", "cancel, cancelled", "close, cancelled", "timeOut, timeout"})
    void the_status_is_the_outcomes(String method, String status) throws Exception {
        Logged logged = new Logged();
        LlmCall call = logged.chat().start();
        if (method.equals("finish")) {
            call.finish();
        } else {
            LlmCall.class.getMethod(method).invoke(call);
        }
        assertThat(logged.fields()).containsEntry("status", status);
    }

    @Test
    void an_error_says_kind_type_and_http_status() {
        CallError error = new CallError(ErrorKind.RATE_LIMITED, "rate_limit_exceeded", OptionalInt.of(429), "secret");
        Logged logged = new Logged();
        logged.chat().start().fail(error);
        assertThat(logged.fields())
                .containsEntry("status", "error")
                .containsEntry(
                        "error", Map.of("kind", "rate_limited", "type", "rate_limit_exceeded", "http_status", 429));
        assertThat(logged.entry().message()).isEqualTo("chat openai/gpt-4o failed (rate_limited) 0 ms");
    }

    @Test
    void an_errors_message_is_shown_once_redaction_has_seen_it() {
        Logged logged = enriched(record -> record.redaction(
                        new Redaction(Redaction.Status.REDACTED, List.of("error.message"), Map.of("EMAIL", 1), "1"))
                .error(CallError.of(ErrorKind.INTERNAL, "no such user [EMAIL]")));
        logged.chat().start().fail(new IllegalStateException("no such user li@example.com"));
        assertThat(logged.fields().get("error").toString()).contains("message=no such user [EMAIL]");
    }

    @Test
    void a_rejected_call_says_why() {
        Map<String, Object> fields = fieldsAfter(call -> call.reject(CallError.of(ErrorKind.BUDGET_EXCEEDED)));
        assertThat(fields)
                .containsEntry("status", "rejected")
                .containsEntry("error", Map.of("kind", "budget_exceeded", "type", "budget_exceeded"));
    }

    @Test
    void versions_are_told_by_part_and_id() {
        VersionSet versions = VersionSet.builder()
                .code("1.4.2")
                .prompt("support-v12")
                .part("router", "r9")
                .part("id", "forged")
                .build();
        Logged logged = new Logged();
        logged.chat().versionSet(versions).start().finish();
        assertThat(logged.fields())
                .containsEntry(
                        "version_set",
                        Map.of("code", "1.4.2", "prompt", "support-v12", "router", "r9", "id", versions.id()));
    }

    @Test
    void tokens_are_told_with_their_origin_and_subsets() {
        Map<String, Object> fields = fieldsAfter(call ->
                call.usage(TokenUsage.inclusive(812, 333).cachedInput(512)).finish());
        assertThat(fields)
                .containsEntry("tokens_in", 812)
                .containsEntry("tokens_out", 333)
                .containsEntry("tokens", Map.of("origin", "reported", "cached_input", 512))
                .doesNotContainKeys("input_tokens", "output_tokens");
    }

    @Test
    void aliases_of_token_counts_are_a_switch() {
        Logged logged = new Logged(log -> log.tokenAliases(true));
        logged.chat().start().usage(TokenUsage.inclusive(812, 333)).finish();
        assertThat(logged.fields())
                .containsEntry("tokens_in", 812)
                .containsEntry("input_tokens", 812)
                .containsEntry("output_tokens", 333);
    }

    @Test
    void the_split_of_the_time_is_told() {
        Logged logged = new Logged();
        LlmCall call = logged.chat().streaming(true).start();
        try (Phase queue = call.phase("queue")) {
            logged.ticker.advanceMillis(10);
        }
        try (Phase retrieval = call.phase("retrieval");
                Phase rerank = call.phase("rerank")) {
            logged.ticker.advanceMillis(40);
        }
        logged.ticker.advanceMillis(100);
        call.chunk(0);
        logged.ticker.advanceMillis(50);
        call.chunk(1);
        logged.ticker.advanceMillis(30);
        call.chunk(1);
        logged.ticker.advance(Duration.ofNanos(1_500_000));
        call.finish();
        assertThat(logged.fields())
                .containsEntry(
                        "latency_ms",
                        Map.of(
                                "total", 231.5,
                                "queue", 10.0,
                                "retrieval", 40.0,
                                "first_chunk", 150.0,
                                "first_token", 200.0,
                                "first_output", 200.0,
                                "generation", 30.0,
                                "per_output_token", 30.0))
                .containsEntry("phases_ms", Map.of("rerank", 40.0));
    }

    @Test
    void tools_are_told_with_their_duration_and_success() {
        Logged logged = new Logged();
        LlmCall call = logged.chat().start();
        try (RunningTool search = call.tool("search")) {
            logged.ticker.advanceMillis(7);
        }
        try (RunningTool pay = call.tool("pay")) {
            pay.fail(ErrorKind.DEPENDENCY_FAILED);
        }
        call.finish();
        assertThat(logged.fields())
                .containsEntry(
                        "tool_calls",
                        List.of(
                                Map.of("name", "search", "latency_ms", 7.0, "success", true),
                                Map.of(
                                        "name",
                                        "pay",
                                        "latency_ms",
                                        0.0,
                                        "success",
                                        false,
                                        "error_kind",
                                        "dependency_failed")));
    }

    private static Cost cost(String amount) {
        BigDecimal money = new BigDecimal(amount);
        CostComponent component = new CostComponent(
                "input_tokens", BigDecimal.ONE, money, BigDecimal.ONE, money, "openai/gpt-4o@2024-08-06");
        return new Cost(CostState.EXACT, money, "USD", List.of(component), null);
    }

    @Test
    void cost_is_exact_decimal_text_with_its_prices() {
        Logged logged = enriched(record -> record.cost(cost("1.25E-8")));
        logged.chat().start().finish();
        assertThat(logged.fields())
                .containsEntry(
                        "cost",
                        Map.of(
                                "amount",
                                "0.0000000125",
                                "currency",
                                "USD",
                                "state",
                                "exact",
                                "price_ids",
                                List.of("openai/gpt-4o@2024-08-06")));
    }

    @Test
    void amounts_as_numbers_are_a_switch() {
        Logged logged = new Logged(
                log -> log.numericAmounts(true),
                ops -> ops.enricher(
                        record -> record.toBuilder().cost(cost("1.25E-8")).build()));
        logged.chat().start().finish();
        assertThat(logged.entry().json()).contains("\"amount\":0.0000000125,");
    }

    @Test
    void an_unpriced_call_has_no_amount() {
        Logged logged = enriched(record -> record.cost(Cost.unpriced("USD")));
        logged.chat().start().finish();
        assertThat(logged.fields()).containsEntry("cost", Map.of("currency", "USD", "state", "unpriced"));
    }

    @Test
    void retries_cache_refusal_and_risks_are_told() {
        Map<String, Object> fields = fieldsAfter(call -> call.retry()
                .refusal()
                .cache(CacheResult.COALESCED)
                .risk(new RiskFinding("prompt_injection", "blocked", null))
                .finish());
        assertThat(fields)
                .containsEntry("retries", 1)
                .containsEntry("refusal", true)
                .containsEntry("cache_hit", true)
                .containsEntry("risk", List.of(Map.of("type", "prompt_injection", "action", "blocked")));
    }

    @Test
    void what_redaction_did_is_told() {
        Logged logged = enriched(record -> record.redaction(new Redaction(
                Redaction.Status.REDACTED, List.of("input", "output"), Map.of("EMAIL", 2, "CARD", 1), "7")));
        logged.chat().start().finish();
        assertThat(logged.fields())
                .containsEntry(
                        "pii",
                        Map.of(
                                "detected",
                                true,
                                "anonymized_fields",
                                List.of("input", "output"),
                                "counts",
                                Map.of("EMAIL", 2, "CARD", 1)))
                .containsEntry("redaction", Map.of("status", "redacted", "detector_version", "7"));
    }

    @Test
    void attributes_of_the_application_are_told_apart_from_ours() {
        Map<String, Object> fields = fieldsAfter(call -> call.attribute("status", "mine")
                .attribute("a.b", 1L)
                .attribute("ratio", 0.5)
                .attribute("nan", Double.NaN)
                .attribute("beta", true)
                .attribute("stop", List.of("END", "FIN"))
                .attribute("none", List.of())
                .finish());
        assertThat(fields)
                .containsEntry("status", "success")
                .containsEntry(
                        "attributes",
                        Map.of("status", "mine", "a.b", 1, "ratio", 0.5, "beta", true, "stop", List.of("END", "FIN")));
    }

    @Test
    void texts_are_not_shown_unless_asked_for() {
        Logged logged = new Logged(
                log -> log,
                ops -> ops.contentPolicy(
                        ContentPolicy.builder().captureContent(true).build()));
        logged.chat().start().input("secret").output("secret").finish();
        assertThat(logged.entry().json()).doesNotContain("secret");
    }

    @Test
    void only_what_the_enrichers_left_of_texts_is_shown() {
        Logged logged = new Logged(
                log -> log,
                ops -> ops.contentPolicy(ContentPolicy.builder()
                                .captureContent(true)
                                .showContent(true)
                                .build())
                        .enricher(record -> record.toBuilder()
                                .content(new Content("[EMAIL] asks", null))
                                .build()));
        logged.chat().start().input("li@example.com asks").output("secret").finish();
        assertThat(logged.fields()).containsEntry("input", "[EMAIL] asks").doesNotContainKey("output");
    }

    @Test
    void users_and_tenants_hide_behind_pseudonyms_whose_keys_are_named() {
        byte[] key = "0123456789abcdef".getBytes(UTF_8);
        ContentPolicy policy = ContentPolicy.builder()
                .idKey("k-2026", key)
                .tenantIds(ContentPolicy.IdDisplay.UNKEYED_HASH)
                .build();
        Logged logged = new Logged(log -> log, ops -> ops.contentPolicy(policy));
        logged.chat().user("u1").tenant("abc").start().finish();
        assertThat(logged.fields())
                .containsEntry("user_id", Pseudonyms.keyed("k-2026", key).of("u1"))
                .containsEntry("tenant", "ba7816bf8f01cfea414140de5dae2223")
                .containsEntry("pseudonym_keys", Map.of("user_id", "k-2026"));
    }

    @Test
    void all_that_is_wrong_with_a_configuration_is_told_at_once() {
        assertThatThrownBy(() -> CallLog.builder()
                        .sampleRate(Double.NaN)
                        .slow(Duration.ZERO)
                        .maxRecordBytes(0)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sink is missing (none) — a log needs at least one — ")
                .hasMessageContaining("sampleRate is out of range (NaN) — a share from 0 to 1 — pass for example 0.1")
                .hasMessageContaining("slow is not positive (PT0S) — any duration above zero — ")
                .hasMessageContaining("maxRecordBytes is not positive (0) — at least 1 — ");
    }
}
