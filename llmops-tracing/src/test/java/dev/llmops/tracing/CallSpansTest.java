package dev.llmops.tracing;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.Phase;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.privacy.Pseudonyms;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Redaction;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.core.version.VersionSet;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallSpansTest {

    private final Traced traced = new Traced();

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    private static void finishAfter(Traced traced, LlmCall call, long millis) {
        traced.ticker.advanceMillis(millis);
        call.finish("stop");
    }

    private Attributes attributes() {
        return traced.callSpan().getAttributes();
    }

    @Test
    void a_span_is_named_after_operation_and_model_and_spans_the_record() {
        finishAfter(traced, traced.chat().start(), 1750);
        SpanData span = traced.callSpan();
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getStartEpochNanos()).isEqualTo(nanos(FakeTicker.START));
        assertThat(span.getEndEpochNanos())
                .isEqualTo(nanos(traced.seen.onlyRecord().endedAt()))
                .isEqualTo(nanos(FakeTicker.START) + 1_750_000_000L);
        assertThat(span.getInstrumentationScopeInfo().getSchemaUrl())
                .isEqualTo("https://opentelemetry.io/schemas/1.41.0");
    }

    @Test
    void the_ids_of_the_span_are_the_ids_of_the_record() {
        traced.chat().start().finish();
        assertThat(traced.seen.onlyRecord().info().traceId())
                .isEqualTo(traced.callSpan().getTraceId());
        assertThat(traced.seen.onlyRecord().info().spanId())
                .isEqualTo(traced.callSpan().getSpanId());
    }

    @Test
    void who_asks_what_is_said_at_the_start() {
        traced.chat()
                .user("u1")
                .tenant("acme")
                .feature("support")
                .requestId("r-1")
                .conversationId("c-1")
                .serverAddress("api.openai.com:443")
                .streaming(true)
                .start()
                .finish();
        assertThat(attributes().asMap())
                .containsEntry(stringKey("gen_ai.operation.name"), "chat")
                .containsEntry(stringKey("gen_ai.provider.name"), "openai")
                .containsEntry(stringKey("gen_ai.request.model"), "gpt-4o")
                .containsEntry(booleanKey("gen_ai.request.stream"), true)
                .containsEntry(stringKey("gen_ai.conversation.id"), "c-1")
                .containsEntry(stringKey("server.address"), "api.openai.com")
                .containsEntry(longKey("server.port"), 443L)
                .containsEntry(stringKey("llmops.tenant"), "acme")
                .containsEntry(stringKey("llmops.feature"), "support")
                .containsEntry(stringKey("llmops.request_id"), "r-1");
    }

    @Test
    void samplers_see_the_attributes_of_the_start() {
        Sampler onlyAcme = new TenantSampler("acme");
        Traced sampled = new Traced(onlyAcme, spans -> spans, ops -> ops);
        sampled.chat().tenant("acme").start().finish();
        sampled.chat().tenant("other").start().finish();
        assertThat(sampled.spans()).hasSize(1);
        assertThat(sampled.seen.records()).hasSize(2);
    }

    @Test
    void the_version_set_is_said_by_id_and_by_part() {
        VersionSet versions = VersionSet.builder()
                .code("1.4.2")
                .prompt("support-v12")
                .part("router", "r9")
                .build();
        traced.chat().versionSet(versions).start().finish();
        assertThat(attributes().asMap())
                .containsEntry(stringKey("llmops.version_set.id"), versions.id())
                .containsEntry(stringKey("llmops.version_set.code"), "1.4.2")
                .containsEntry(stringKey("llmops.version_set.prompt"), "support-v12")
                .containsEntry(stringKey("llmops.version_set.router"), "r9")
                .doesNotContainKey(stringKey("llmops.version_set.index"));
    }

    @Test
    void a_part_called_id_does_not_hide_the_id_of_the_set() {
        VersionSet versions = VersionSet.builder().part("id", "forged").build();
        traced.chat().versionSet(versions).start().finish();
        assertThat(attributes().get(stringKey("llmops.version_set.id"))).isEqualTo(versions.id());
    }

    @Test
    void ids_of_users_and_tenants_are_plain_by_default() {
        traced.chat().user("abc").tenant("acme").start().finish();
        assertThat(attributes().get(stringKey("user.id"))).isEqualTo("abc");
        assertThat(attributes().get(stringKey("llmops.tenant"))).isEqualTo("acme");
    }

    @Test
    void ids_of_users_and_tenants_are_hidden_under_the_policys_key() {
        byte[] key = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        Pseudonyms keyed = Pseudonyms.keyed("k1", key);
        Traced hidden = new Traced(
                spans -> spans,
                ops -> ops.contentPolicy(
                        ContentPolicy.builder().idKey("k1", key).build()));
        hidden.chat().user("abc").tenant("acme").start().finish();
        assertThat(hidden.callSpan().getAttributes().asMap())
                .containsEntry(stringKey("user.id"), keyed.of("abc"))
                .containsEntry(stringKey("llmops.tenant"), keyed.of("acme"));
    }

    @Test
    void the_timing_of_a_stream_is_the_records() {
        LlmCall call = traced.chat().streaming(true).start();
        traced.ticker.advanceMillis(150);
        call.chunk(0);
        traced.ticker.advanceMillis(40);
        call.chunk(1);
        traced.ticker.advanceMillis(30);
        call.chunk(1);
        call.usage(TokenUsage.inclusive(812, 2)).finish("stop");
        assertThat(attributes().asMap())
                .containsEntry(doubleKey("gen_ai.response.time_to_first_chunk"), 0.15)
                .containsEntry(doubleKey("llmops.ttft_ms"), 190.0)
                .containsEntry(doubleKey("llmops.time_per_output_token_ms"), 30.0)
                .containsEntry(stringArrayKey("gen_ai.response.finish_reasons"), List.of("stop"));
    }

    @Test
    void the_first_token_is_an_event_at_its_time() {
        LlmCall call = traced.chat().streaming(true).start();
        traced.ticker.advanceMillis(190);
        call.chunk(1);
        finishAfter(traced, call, 10);
        EventData event = traced.callSpan().getEvents().get(0);
        assertThat(event.getName()).isEqualTo("llmops.first_token");
        assertThat(event.getEpochNanos()).isEqualTo(nanos(FakeTicker.START) + 190_000_000);
    }

    @Test
    void without_a_token_there_is_no_event() {
        traced.chat().start().finish();
        assertThat(traced.callSpan().getEvents()).isEmpty();
        assertThat(attributes().get(doubleKey("llmops.ttft_ms"))).isNull();
    }

    @Test
    void usage_keeps_subsets_apart_and_says_where_it_comes_from() {
        TokenUsage usage =
                TokenUsage.inclusive(812, 333).cachedInput(512).cacheWrite(100).reasoning(30);
        traced.chat().start().usage(usage).finish();
        assertThat(attributes().asMap())
                .containsEntry(longKey("gen_ai.usage.input_tokens"), 812L)
                .containsEntry(longKey("gen_ai.usage.output_tokens"), 333L)
                .containsEntry(longKey("gen_ai.usage.cache_read.input_tokens"), 512L)
                .containsEntry(longKey("gen_ai.usage.cache_creation.input_tokens"), 100L)
                .containsEntry(longKey("gen_ai.usage.reasoning.output_tokens"), 30L)
                .containsEntry(stringKey("llmops.usage.origin"), "reported");
    }

    @Test
    void unknown_usage_is_absent_and_not_zero() {
        traced.chat().start().finish();
        assertThat(attributes().get(longKey("gen_ai.usage.input_tokens"))).isNull();
        assertThat(attributes().get(stringKey("llmops.usage.origin"))).isEqualTo("unknown");
    }

    @Test
    void cost_is_exact_decimal_text() {
        Cost cost = new Cost(CostState.EXACT, new BigDecimal("0.0000000125"), "USD", List.of(), null);
        Traced priced = new Traced(
                spans -> spans,
                ops -> ops.enricher(record -> record.toBuilder().cost(cost).build()));
        priced.chat().start().finish();
        assertThat(priced.callSpan().getAttributes().asMap())
                .containsEntry(stringKey("llmops.cost.amount"), "0.0000000125")
                .containsEntry(stringKey("llmops.cost.currency"), "USD")
                .containsEntry(stringKey("llmops.cost.state"), "exact");
    }

    @Test
    void an_unpriced_call_says_so_and_has_no_amount() {
        Traced priced = new Traced(
                spans -> spans,
                ops -> ops.enricher(
                        record -> record.toBuilder().cost(Cost.unpriced("USD")).build()));
        priced.chat().start().finish();
        assertThat(priced.callSpan().getAttributes().asMap())
                .containsEntry(stringKey("llmops.cost.state"), "unpriced")
                .doesNotContainKey(stringKey("llmops.cost.amount"));
    }

    @Test
    void phases_are_summed_by_name() {
        LlmCall call = traced.chat().start();
        for (int i = 0; i < 2; i++) {
            try (Phase phase = call.phase("queue")) {
                traced.ticker.advanceMillis(5);
            }
        }
        call.finish();
        assertThat(attributes().get(doubleKey("llmops.phase.queue_ms"))).isEqualTo(10.0);
    }

    @Test
    void what_redaction_did_is_told() {
        Redaction redaction = new Redaction(Redaction.Status.REDACTED, List.of("input"), Map.of("EMAIL", 2), "2026.1");
        Traced redacted = new Traced(
                spans -> spans,
                ops -> ops.enricher(
                        record -> record.toBuilder().redaction(redaction).build()));
        redacted.chat().start().finish();
        assertThat(redacted.callSpan().getAttributes().asMap())
                .containsEntry(booleanKey("llmops.pii_detected"), true)
                .containsEntry(stringArrayKey("llmops.anonymized_fields"), List.of("input"))
                .containsEntry(stringKey("llmops.redaction.status"), "redacted");
    }

    @Test
    void retries_refusal_cache_and_risks_are_told() {
        LlmCall call = traced.chat().start().retry().refusal().cache(CacheResult.MISS);
        call.risk(new RiskFinding("prompt_injection", "blocked", null)).finish();
        assertThat(attributes().asMap())
                .containsEntry(longKey("llmops.retries"), 1L)
                .containsEntry(booleanKey("llmops.refusal"), true)
                .containsEntry(stringKey("llmops.cache.result"), "miss")
                .containsEntry(stringArrayKey("llmops.risk.types"), List.of("prompt_injection"));
    }

    @Test
    void without_a_tracing_backend_the_calls_ids_stay_what_they_were() {
        var seen = new RecordingListener();
        var llmops = LlmOps.builder()
                .listener(CallSpans.on(OpenTelemetry.noop()))
                .listener(seen)
                .build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish();
        llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .traceId("canary-test-001")
                .start()
                .finish();
        assertThat(seen.records())
                .extracting(record -> record.info().traceId())
                .containsExactly(null, "canary-test-001");
        assertThat(seen.records()).extracting(record -> record.info().spanId()).containsOnlyNulls();
    }

    @Test
    void without_a_tracing_backend_no_made_up_parent_goes_to_others() {
        var llmops = LlmOps.builder()
                .versionSet(VersionSet.builder().prompt("p-1").build())
                .listener(CallSpans.on(OpenTelemetry.noop()))
                .build();
        Map<String, String> headers = new HashMap<>();
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .traceId("canary-test-001")
                .start();
        TraceHeaders.write(call, headers::put);
        call.finish();
        assertThat(headers)
                .containsOnly(
                        entry("x-trace-id", "canary-test-001"), entry("baggage", "llmops.version_set.prompt=p-1"));
    }
}
