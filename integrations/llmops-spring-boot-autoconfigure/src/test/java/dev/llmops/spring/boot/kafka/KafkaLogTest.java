package dev.llmops.spring.boot.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.kafka.KafkaCallSink;
import dev.llmops.logging.CallLog;
import dev.llmops.spring.boot.LlmOpsContexts;
import dev.llmops.spring.boot.MeasurementReport;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class KafkaLogTest {

    /** Port 1 has no broker. */
    private final ApplicationContextRunner contexts = LlmOpsContexts.bare()
            .withPropertyValues(
                    "llmops.kafka.bootstrap-servers=127.0.0.1:1", "llmops.kafka.properties[max.block.ms]=10");

    @Test
    void calls_go_to_the_sink_and_the_context_closes_it() {
        AtomicReference<KafkaCallSink> sink = new AtomicReference<>();
        contexts.run(context -> {
            sink.set(context.getBean(KafkaCallSink.class));
            context.getBean(LlmOps.class)
                    .call(Operation.CHAT, "openai", "gpt-4o")
                    .start()
                    .finish("stop");
            assertThat(sink.get().stats().recorded()).isEqualTo(1);
            assertThat(context.getBean(MeasurementReport.class).toString()).contains("kafka (llm.calls)");
        });
        assertThat(sink.get().stats()).isEqualTo(new KafkaCallSink.Stats(1, 0, 1));
    }

    @Test
    void without_brokers_there_is_no_sink() {
        LlmOpsContexts.bare()
                .run(context -> assertThat(context).hasSingleBean(CallLog.class).doesNotHaveBean(KafkaCallSink.class));
    }

    @Test
    void without_the_jar_there_is_no_sink() {
        contexts.withClassLoader(new FilteredClassLoader("dev.llmops.kafka"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(CallLog.class));
    }

    @Test
    void a_sink_of_the_application_is_used() {
        KafkaCallSink own = KafkaCallSink.builder("127.0.0.1:1", "own").build();
        contexts.withBean(KafkaCallSink.class, () -> own).run(context -> {
            context.getBean(LlmOps.class)
                    .call(Operation.CHAT, "openai", "gpt-4o")
                    .start()
                    .finish("stop");
            assertThat(own.stats().recorded()).isEqualTo(1);
            own.close(java.time.Duration.ZERO);
        });
    }
}
