package dev.llmops.spring.boot.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.spring.boot.LlmOpsContexts;
import dev.llmops.spring.boot.MeasurementReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.otlp.OtlpMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The registry of Boot's OTLP export, with a receiver in this process. */
class OtlpMetricsTest {

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/metrics", exchange -> {
            // Names are plain text within the binary message.
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
    }

    private ApplicationContextRunner contexts() {
        return LlmOpsContexts.bare()
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        OtlpMetricsExportAutoConfiguration.class))
                .withPropertyValues("management.otlp.metrics.export.url=http://127.0.0.1:"
                        + receiver.getAddress().getPort() + "/v1/metrics");
    }

    @Test
    void our_meters_reach_the_receiver() {
        contexts().run(context -> {
            LlmCall call = context.getBean(LlmOps.class)
                    .call(Operation.CHAT, "openai", "gpt-4o")
                    .streaming(true)
                    .start();
            call.chunk(1);
            call.finish("stop");
            // Closing the registry publishes what is left.
            context.getBean(MeterRegistry.class).close();
        });
        assertThat(received)
                .anySatisfy(message ->
                        assertThat(message).contains("llm.time.to.first.token", "llm.request.latency", "gpt-4o"));
    }

    @Test
    void the_area_names_the_registry() {
        contexts().run(context -> {
            assertThat(context.getBean(MeterRegistry.class)).isInstanceOf(OtlpMeterRegistry.class);
            assertThat(context.getBean(MeasurementReport.class).measured())
                    .anySatisfy(area -> assertThat(area).hasToString("metrics (otlp)"));
        });
    }
}
