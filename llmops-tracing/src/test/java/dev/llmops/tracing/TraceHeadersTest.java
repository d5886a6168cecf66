package dev.llmops.tracing;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.Scope;
import dev.llmops.core.TraceIds;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.version.VersionSet;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeadersTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN_ID = "b7ad6b7169203331";
    private static final String TRACEPARENT = "00-" + TRACE_ID + "-" + SPAN_ID + "-01";

    private final Traced traced = new Traced();

    private SpanData spanOf(Map<String, String> headers) {
        TraceHeaders.read(headers).start(traced.chat()).finish();
        return traced.callSpan();
    }

    private String shownTraceId() {
        return traced.seen.onlyRecord().info().traceId();
    }

    @Test
    void a_traceparent_is_the_parent_of_the_call() {
        SpanData span = spanOf(Map.of("Traceparent", TRACEPARENT));
        assertThat(span.getTraceId()).isEqualTo(TRACE_ID);
        assertThat(span.getParentSpanId()).isEqualTo(SPAN_ID);
        assertThat(shownTraceId()).isEqualTo(TRACE_ID);
        assertThat(Context.current()).isSameAs(Context.root());
    }

    @Test
    void a_request_that_names_no_trace_leaves_the_call_its_own() {
        TraceHeaders.read(Map.of()).start(traced.chat().traceId(TRACE_ID)).finish();
        assertThat(shownTraceId()).isEqualTo(TRACE_ID);
    }

    @Test
    void an_unsampled_traceparent_stays_unsampled_but_the_call_is_known_by_its_ids() {
        TraceHeaders.read(Map.of("traceparent", TRACEPARENT.replace("-01", "-00")))
                .start(traced.chat())
                .finish();
        assertThat(traced.spans()).isEmpty();
        assertThat(shownTraceId()).isEqualTo(TRACE_ID);
    }

    @Test
    void an_x_trace_id_of_any_form_is_shown_as_it_is_and_the_trace_is_its_digest() {
        SpanData span = spanOf(Map.of("X-Trace-Id", "canary-test-001"));
        assertThat(shownTraceId()).isEqualTo("canary-test-001");
        assertThat(span.getAttributes().get(stringKey("llmops.trace_id"))).isEqualTo("canary-test-001");
        assertThat(span.getTraceId()).isEqualTo(TraceIds.toW3c("canary-test-001"));
        assertThat(TraceId.isValid(span.getTraceId())).isTrue();
    }

    @Test
    void an_x_trace_id_that_is_a_w3c_id_is_the_trace() {
        assertThat(spanOf(Map.of("x-trace-id", TRACE_ID)).getTraceId()).isEqualTo(TRACE_ID);
    }

    @Test
    void two_calls_of_one_x_trace_id_share_a_trace() {
        spanOf(Map.of("x-trace-id", "canary"));
        spanOf(Map.of("x-trace-id", "canary"));
        assertThat(traced.spans()).extracting(SpanData::getTraceId).containsOnly(TraceIds.toW3c("canary"));
    }

    @Test
    void an_x_trace_id_comes_before_a_traceparent_of_another_trace_which_is_linked() {
        SpanData span = spanOf(Map.of("x-trace-id", "canary", "traceparent", TRACEPARENT));
        assertThat(span.getTraceId()).isEqualTo(TraceIds.toW3c("canary"));
        assertThat(span.getLinks())
                .singleElement()
                .satisfies(
                        link -> assertThat(link.getSpanContext().getTraceId()).isEqualTo(TRACE_ID));
    }

    @Test
    void an_x_trace_id_that_agrees_with_the_traceparent_keeps_its_parent() {
        SpanData span = spanOf(Map.of("x-trace-id", TRACE_ID, "traceparent", TRACEPARENT));
        assertThat(span.getParentSpanId()).isEqualTo(SPAN_ID);
        assertThat(span.getLinks()).isEmpty();
    }

    @Test
    void a_hostile_x_trace_id_is_escaped_and_bounded() {
        IncomingTrace incoming = TraceHeaders.read(Map.of("x-trace-id", "a\r\nforged\u001b[31m" + "x".repeat(5000)));
        assertThat(incoming.traceId())
                .startsWith("a\\u000d\\u000aforged\\u001b[31mxxx")
                .hasSizeLessThanOrEqualTo(128);
    }

    @Test
    void a_malformed_traceparent_and_a_blank_x_trace_id_count_as_absent() {
        IncomingTrace incoming = TraceHeaders.read(Map.of("traceparent", "00-zz-1-1", "x-trace-id", " "));
        assertThat(incoming.traceId()).isNull();
        incoming.start(traced.chat()).finish();
        assertThat(traced.callSpan().getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void a_server_span_of_the_same_trace_stays_the_parent() {
        IncomingTrace incoming = TraceHeaders.read(Map.of("traceparent", TRACEPARENT));
        try (Scope remote = incoming.makeCurrent()) {
            Span server = traced.openTelemetry
                    .getTracer("server")
                    .spanBuilder("GET /")
                    .startSpan();
            try (io.opentelemetry.context.Scope current = server.makeCurrent()) {
                incoming.start(traced.chat()).finish();
            }
            server.end();
            assertThat(traced.callSpan().getParentSpanId())
                    .isEqualTo(server.getSpanContext().getSpanId());
        }
    }

    @Test
    void a_call_that_something_else_starts_joins_the_trace_too() {
        IncomingTrace incoming = TraceHeaders.read(Map.of("traceparent", TRACEPARENT, "x-trace-id", TRACE_ID));
        try (Scope scope = incoming.makeCurrent()) {
            traced.llmops.observe(incoming.apply(traced.chat()), call -> "answer");
        }
        assertThat(traced.callSpan().getParentSpanId()).isEqualTo(SPAN_ID);
    }

    @Test
    void what_is_written_is_read_back_by_the_next_service() {
        VersionSet versions =
                VersionSet.builder().code("1.4.2").prompt("prüfung, v12;a=b").build();
        LlmCall call = traced.chat().versionSet(versions).start();
        Map<String, String> headers = new HashMap<>();
        TraceHeaders.write(call, headers::put);
        call.finish();

        IncomingTrace incoming = TraceHeaders.read(headers);
        assertThat(incoming.versionSet()).isEqualTo(versions);
        assertThat(incoming.traceId()).isEqualTo(traced.callSpan().getTraceId());
        assertThat(headers.get("traceparent")).contains(traced.callSpan().getSpanId());
        assertThat(headers).doesNotContainKey("x-trace-id");
        assertThat(Context.current()).isSameAs(Context.root());
    }

    @Test
    void a_shown_trace_id_travels_on() {
        LlmCall call =
                TraceHeaders.read(Map.of("x-trace-id", "canary-test-001")).start(traced.chat());
        Map<String, String> headers = new HashMap<>();
        TraceHeaders.write(call, headers::put);
        call.finish();
        assertThat(TraceHeaders.read(headers).traceId()).isEqualTo("canary-test-001");

        Traced next = new Traced();
        TraceHeaders.read(headers).start(next.chat()).finish();
        assertThat(next.callSpan().getTraceId()).isEqualTo(traced.callSpan().getTraceId());
        assertThat(next.callSpan().getParentSpanId())
                .isEqualTo(traced.callSpan().getSpanId());
    }

    @Test
    void incoming_versions_come_before_those_of_the_process() {
        Traced second = new Traced(
                spans -> spans,
                ops -> ops.versionSet(VersionSet.builder().code("2").index("i7").build()));
        TraceHeaders.read(Map.of("baggage", "llmops.version_set.code=1,other=x"))
                .start(second.chat())
                .finish();
        assertThat(second.seen.onlyRecord().info().versionSet())
                .isEqualTo(VersionSet.builder().code("1").index("i7").build());
    }

    @Test
    void strangers_do_not_choose_versions() {
        IncomingTrace stranger = TraceHeaders.read(Map.of("baggage", "other=x,llmops.version_set.code=forged"));
        LlmCall call = stranger.withoutVersionSet().start(traced.chat());
        Map<String, String> headers = new HashMap<>();
        TraceHeaders.write(call, headers::put);
        call.finish();
        assertThat(headers).doesNotContainKey("baggage");
        assertThat(traced.seen.onlyRecord().info().versionSet()).isEqualTo(VersionSet.empty());
    }

    private static String baggageUnder(LlmCallBuilder builder, String incoming) {
        LlmCall call = TraceHeaders.read(Map.of("baggage", incoming)).start(builder);
        Map<String, String> headers = new HashMap<>();
        TraceHeaders.write(call, headers::put);
        call.finish();
        return headers.getOrDefault("baggage", "none");
    }

    @Test
    void baggage_of_the_caller_does_not_reach_the_provider() {
        assertThat(baggageUnder(traced.chat(), "session=s1,llmops.version_set.code=1,user=ann"))
                .isEqualTo("llmops.version_set.code=1");
    }

    @Test
    void baggage_of_the_caller_goes_on_as_far_as_it_may() {
        Traced passing = new Traced(spans -> spans.passBaggage(key -> key.startsWith("acme.")));
        assertThat(baggageUnder(passing.chat(), "user=ann,acme.tier=gold;p=1")).isEqualTo("acme.tier=gold;p=1");
    }

    @Test
    void a_choice_of_baggage_that_fails_sends_nothing_and_costs_no_span() {
        Traced failing = new Traced(spans -> spans.passBaggage(key -> {
            throw new IllegalStateException(key);
        }));
        assertThat(baggageUnder(failing.chat(), "user=ann")).isEqualTo("none");
        assertThat(failing.started).hasValue(1);
        assertThat(failing.ended).hasValue(1);
        assertThat(failing.seen.onlyRecord().info().spanId())
                .isEqualTo(failing.callSpan().getSpanId());
        assertThat(failing.llmops.telemetry().value(Telemetry.Kind.FAILURES, "CallSpans.passBaggage"))
                .isEqualTo(1);
        assertThat(Context.current()).isSameAs(Context.root());
    }

    @Test
    void local_work_keeps_the_callers_baggage() {
        LlmCallBuilder agent = traced.llmops.call(Operation.INVOKE_AGENT, "app", "planner");
        assertThat(baggageUnder(agent, "session=s1")).isEqualTo("session=s1");
    }

    @Test
    void versions_that_stay_at_home_are_not_those_of_the_caller_either() {
        Traced atHome = new Traced(spans -> spans.propagateVersionSet(false).passBaggage(key -> true));
        assertThat(baggageUnder(atHome.chat(), "llmops.version_set.code=1,other=x"))
                .isEqualTo("other=x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000000000000000000000",
                "4BF92F3577B34DA6A3CE929D0E0E4736",
                "4bf92f3577b34da6a3ce929d0e0e473",
                "4bf92f3577b34da6a3ce929d0e0e47361",
                "4bf92f3577b34da6a3ce929d0e0e473g"
            })
    void an_x_trace_id_that_is_nearly_a_w3c_id_is_a_name_like_any_other(String id) {
        SpanData span = spanOf(Map.of("x-trace-id", id, "traceparent", TRACEPARENT));
        assertThat(shownTraceId()).isEqualTo(id);
        assertThat(span.getTraceId()).isEqualTo(TraceIds.toW3c(id)).isNotEqualToIgnoringCase(id);
        assertThat(TraceId.isValid(span.getTraceId())).isTrue();
    }

    @Test
    void an_x_trace_id_that_is_too_long_is_found_by_what_is_shown_of_it() {
        SpanData span = spanOf(Map.of("x-trace-id", "x".repeat(100_000)));
        assertThat(shownTraceId()).isEqualTo("x".repeat(128));
        assertThat(span.getTraceId()).isEqualTo(TraceIds.toW3c("x".repeat(128)));
    }

    @Property(tries = 200)
    void any_version_set_survives_the_way(
            @ForAll @Size(max = 10)
                    Map<@AlphaChars @StringLength(min = 1, max = 12) String, @StringLength(max = 40) String> parts) {
        // Control characters do not travel.
        parts.values().removeIf(version -> version.isBlank() || version.chars().anyMatch(Character::isISOControl));
        VersionSet versions = VersionSet.of(parts);
        LlmCall call = new Traced().chat().versionSet(versions).start();
        Map<String, String> headers = new HashMap<>();
        TraceHeaders.write(call, headers::put);
        call.finish();
        assertThat(TraceHeaders.read(headers).versionSet()).isEqualTo(versions);
    }

    @Property(tries = 200)
    void any_x_trace_id_is_shown_bounded_without_control_characters_and_finds_its_trace(@ForAll String raw) {
        IncomingTrace incoming = TraceHeaders.read(Map.of("x-trace-id", raw));
        String shown = incoming.traceId();
        if (shown != null) {
            assertThat(shown).hasSizeLessThanOrEqualTo(128);
            assertThat(shown.chars().noneMatch(Character::isISOControl)).isTrue();
            assertThat(ShownTraceIds.of(shown)).isEqualTo(shown);
            assertThat(TraceId.isValid(TraceIds.toW3c(shown))).isTrue();
        }
    }
}
