package dev.llmops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import dev.llmops.metrics.saturation.Saturation;
import dev.llmops.metrics.saturation.SaturationMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The parts that do not need an optional library work without it. */
class OptionalLibrariesTest {

    /** Runs inside the smaller class path. */
    public static final class OnMicrometerAlone implements Callable<String> {
        @Override
        public String call() {
            MeterRegistry registry = new SimpleMeterRegistry();
            SignalRecorder signals = GoldenSignals.on(registry);
            try (LlmOps llmops = LlmOps.builder().listener(signals).build();
                    SaturationMonitor monitor =
                            Saturation.on(registry).nvidiaDevices().start()) {
                llmops.call(Operation.CHAT, "openai", "m").start().finish();
                // Frameworks look at all methods of a bean, and would stumble over a type that is not there.
                int methods = signals.getClass().getDeclaredMethods().length
                        + monitor.getClass().getDeclaredMethods().length;
                return methods > 0
                        ? "calls "
                                + registry.get("llm.requests")
                                        .tag("status", "success")
                                        .counter()
                                        .count()
                        : "";
            }
        }
    }

    private static URL[] classPathWithout(String... words) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> Arrays.stream(words)
                        .noneMatch(Path.of(entry).getFileName().toString()::contains))
                .map(OptionalLibrariesTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs with Micrometer's Prometheus registry as Spring Boot brings it: without the client's tracer. */
    public static final class OnThePrometheusRegistry implements Callable<String> {
        @Override
        public String call() {
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            Cost cost = new Cost(CostState.EXACT, new BigDecimal("0.25"), "USD", List.of(), null);
            try (LlmOps llmops = LlmOps.builder()
                    .enricher(record -> record.toBuilder().cost(cost).build())
                    .listener(GoldenSignals.on(registry))
                    .build()) {
                LlmCall call = llmops.call(Operation.CHAT, "openai", "m")
                        .streaming(true)
                        .start();
                call.live().trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
                call.chunk(1);
                call.finish();
            }
            return registry.scrape()
                    .lines()
                    .filter(line -> line.startsWith("llm_cost_usd_total") || line.startsWith("llm_telemetry_failures"))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static Object run(Class<?> program, String... without) throws Exception {
        URL[] urls = classPathWithout(without);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> inside = loader.loadClass(program.getName());
            assertThat(inside.getClassLoader()).isSameAs(loader);
            return ((Callable<?>) inside.getDeclaredConstructor().newInstance()).call();
        }
    }

    @Test
    void neither_the_prometheus_client_nor_jna_is_needed() throws Exception {
        assertThat(run(OnMicrometerAlone.class, "prometheus", "jna")).isEqualTo("calls 1.0");
    }

    @Test
    void without_the_client_s_tracer_the_first_call_has_its_cost() throws Exception {
        assertThat(run(OnThePrometheusRegistry.class, "prometheus-metrics-tracer-initializer"))
                .asString()
                .startsWith("llm_cost_usd_total{")
                .endsWith("} 0.25");
    }

    @Test
    void no_exported_signature_of_the_first_steps_names_an_optional_library() throws Exception {
        for (Class<?> type : List.of(
                GoldenSignals.class,
                GoldenSignals.Builder.class,
                SignalRecorder.class,
                Saturation.class,
                Saturation.Builder.class,
                SaturationMonitor.class)) {
            assertThat(type.getMethods())
                    .extracting(Method::toGenericString)
                    .noneMatch(signature -> signature.contains("io.prometheus") || signature.contains("com.sun.jna"));
        }
    }
}
