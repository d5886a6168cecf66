package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RequestSpanIT {

    @Test
    void the_span_has_them_in_the_types_of_the_conventions_and_the_answers_id() throws Exception {
        try (ObservedGateway gateway = new ObservedGateway(new GatewayOptions())) {
            String body = gateway.http
                    .post(
                            "/v1/chat/completions",
                            "{\"model\":\"gpt-4o\",\"temperature\":1,\"stop\":[\"END\",\"FIN\"],"
                                    + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                            "x-mock",
                            "tokens=2; gap_ms=0; ttft_ms=0")
                    .body();
            gateway.stop();
            Map<String, AnyValue> attributes = new HashMap<>();
            for (KeyValue attribute : gateway.spans().get(0).getAttributesList()) {
                attributes.put(attribute.getKey(), attribute.getValue());
            }
            assertThat(attributes.get("gen_ai.request.temperature").getDoubleValue())
                    .isEqualTo(1.0);
            assertThat(attributes
                            .get("gen_ai.request.stop_sequences")
                            .getArrayValue()
                            .getValuesList())
                    .extracting(AnyValue::getStringValue)
                    .containsExactly("END", "FIN");
            assertThat(attributes.get("gen_ai.response.id").getStringValue())
                    .isEqualTo(JsonMapper.shared().readTree(body).path("id").asString());
        }
    }
}
