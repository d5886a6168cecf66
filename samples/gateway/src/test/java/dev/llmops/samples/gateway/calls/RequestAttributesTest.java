package dev.llmops.samples.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RequestAttributesTest {

    private static Map<String, Object> attributesOf(String request) {
        Map<String, Object> attributes = new HashMap<>();
        LlmListener listener = new LlmListener() {
            @Override
            public void callEnded(LiveCall live, CallRecord record) {
                attributes.putAll(record.attributes());
            }
        };
        try (LlmOps llmops = LlmOps.builder().listener(listener).build()) {
            LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
            RequestAttributes.addTo(call, JsonMapper.shared().readTree(request));
            call.finish();
        }
        return attributes;
    }

    @Test
    void what_is_asked_for_is_named_as_in_the_conventions() {
        assertThat(attributesOf("{\"temperature\":0.2,\"top_p\":1,\"frequency_penalty\":0.1,\"presence_penalty\":0.3,"
                        + "\"seed\":7,\"max_completion_tokens\":500,\"n\":2,\"stop\":\"END\","
                        + "\"response_format\":{\"type\":\"json_schema\"}}"))
                .isEqualTo(Map.of(
                        "gen_ai.request.temperature",
                        0.2,
                        "gen_ai.request.top_p",
                        1L,
                        "gen_ai.request.frequency_penalty",
                        0.1,
                        "gen_ai.request.presence_penalty",
                        0.3,
                        "gen_ai.request.seed",
                        7L,
                        "gen_ai.request.max_tokens",
                        500L,
                        "gen_ai.request.choice.count",
                        2L,
                        "gen_ai.request.stop_sequences",
                        List.of("END"),
                        "gen_ai.output.type",
                        "json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"n\":1}",
                "{\"n\":\"many\"}",
                "{\"temperature\":\"hot\",\"seed\":null,\"stop\":7}",
                "{\"seed\":99999999999999999999}",
                "{\"top_p\":1e999}",
                "{\"response_format\":\"json\"}",
                "{\"stop\":[]}",
                "{\"stop\":{\"a\":\"b\"}}"
            })
    void what_is_not_asked_for_or_odd_is_left_out(String request) {
        assertThat(attributesOf(request)).isEmpty();
    }
}
