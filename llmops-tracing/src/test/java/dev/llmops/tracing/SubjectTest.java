package dev.llmops.tracing;

import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call is made to, and where that is. */
class SubjectTest {

    private final Traced traced = new Traced();

    @ParameterizedTest
    @CsvSource({
        "execute_tool, gen_ai.tool.name",
        "invoke_agent, gen_ai.agent.name",
        "retrieval, gen_ai.data_source.id",
        "invoke_workflow, gen_ai.workflow.name"
    })
    void what_is_no_model_is_named_as_what_it_is(String operation, String attribute) {
        LlmCall call = traced.llmops
                .call(new Operation(operation), "app", "x")
                .requestId("r-1")
                .start();
        call.attribute(attribute, "forged")
                .attribute("gen_ai.request.model", "gpt-4o")
                .finish();
        traced.llmops.feedback("r-1", LlmEvent.Verdict.UP, null);
        assertThat(traced.span(operation + " x").getAttributes().asMap())
                .containsEntry(stringKey(attribute), "x")
                .containsEntry(stringKey("gen_ai.request.model"), "gpt-4o");
        assertThat(traced.span("feedback").getAttributes().asMap())
                .containsEntry(stringKey(attribute), "x")
                .doesNotContainKey(stringKey("gen_ai.request.model"));
    }

    @Test
    void a_blank_model_is_not_named() {
        traced.llmops.call(Operation.CHAT, "openai", " ").start().finish();
        assertThat(traced.span("chat").getAttributes().get(stringKey("gen_ai.request.model")))
                .isNull();
    }

    @Test
    void local_work_is_internal() {
        Traced local = new Traced(spans -> spans.inProcessProviders("jlama"));
        local.llmops.call(Operation.CHAT, "jlama", "tiny").start().finish();
        local.llmops.call(Operation.EXECUTE_TOOL, "app", "search").start().finish();
        local.llmops.call(Operation.INVOKE_AGENT, "app", "planner").start().finish();
        assertThat(local.spans()).extracting(SpanData::getKind).containsOnly(SpanKind.INTERNAL);
    }

    @Test
    void a_remote_agent_is_a_client_span() {
        traced.llmops
                .call(Operation.INVOKE_AGENT, "aws.bedrock", "planner")
                .serverAddress("bedrock.aws")
                .start()
                .finish();
        assertThat(traced.span("invoke_agent planner").getKind()).isEqualTo(SpanKind.CLIENT);
    }
}
