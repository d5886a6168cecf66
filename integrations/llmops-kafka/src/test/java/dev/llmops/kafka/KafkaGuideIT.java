package dev.llmops.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.kafka.testing.KafkaBroker;
import dev.llmops.kafka.testing.TopicReader;
import dev.llmops.logging.CallLog;
import org.junit.jupiter.api.Test;

/** The code of docs/kafka.md. */
class KafkaGuideIT {

    @Test
    void the_example_sends_calls_to_the_topic() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start()) {
            broker.createTopic("llm.calls", 1);
            String brokers = broker.address();
            KafkaCallSink kafka = KafkaCallSink.builder(brokers, "llm.calls")
                    .source("/shop/support") // who sends: a URI reference
                    .build();
            CallLog log = CallLog.builder().sink(kafka).build();
            LlmOps llmops = LlmOps.builder().listener(log).build();
            llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish("stop");
            llmops.close();
            log.close();
            assertThat(TopicReader.readAll(broker, "llm.calls")).singleElement().satisfies(event -> {
                assertThat(TopicReader.header(event, "ce_source")).isEqualTo("/shop/support");
                assertThat(event.value()).contains("\"model_id\":\"gpt-4o\"");
            });
            assertThat(kafka.stats()).isEqualTo(new KafkaCallSink.Stats(1, 1, 0));
        }
    }
}
