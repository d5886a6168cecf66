package dev.llmops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.metrics.saturation.Saturation;
import dev.llmops.metrics.saturation.SaturationMonitor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** With Micrometer alone on the class path, Micrometer's part works. */
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

    @Test
    void neither_the_prometheus_client_nor_jna_is_needed() throws Exception {
        URL[] urls = classPathWithout("prometheus", "jna");
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> inside = loader.loadClass(OnMicrometerAlone.class.getName());
            Object result = ((Callable<?>) inside.getDeclaredConstructor().newInstance()).call();
            assertThat(result).isEqualTo("calls 1.0");
            assertThat(inside.getClassLoader()).isSameAs(loader);
        }
    }
}
