package dev.llmops.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.logging.CallLog;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.tracing.CallSpans;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After a warm-up, the first call of a process finds the classes of every view loaded. */
class WarmUpTest {

    private static final String FIRST_CALL = "the first call starts";

    enum View {
        METRICS,
        SPANS,
        LOG;

        LlmListener listener() {
            return switch (this) {
                case METRICS -> GoldenSignals.on(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
                case SPANS -> CallSpans.on(DiscardedOutput.spans());
                case LOG -> CallLog.toSlf4j();
            };
        }
    }

    /** A process of its own, whose virtual machine tells which classes it loads. */
    static final class FirstCall {

        private FirstCall() {}

        public static void main(String[] args) {
            DiscardedOutput.logs(DiscardedOutput.json());
            LlmOps llmops = LlmOps.builder()
                    .versionSet(SampleCall.VERSIONS)
                    .listener(View.valueOf(args[0]).listener())
                    .build();
            if (Boolean.parseBoolean(args[1])) {
                llmops.warmUp();
            }
            System.out.println(FIRST_CALL);
            try (LlmCall call = SampleCall.start(llmops, "first")) {
                SampleCall.streamAndFinish(call);
            }
        }
    }

    private static List<String> ownClassesLoadedByTheFirstCall(View view, boolean warm) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstCall.class.getName(),
                        view.name(),
                        String.valueOf(warm))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.substring(output.indexOf(FIRST_CALL))
                .lines()
                .filter(line -> line.contains(" dev.llmops."))
                .map(line -> line.replaceAll(".*(dev\\.llmops\\.\\S+).*", "$1"))
                .filter(name -> !name.startsWith("dev.llmops.benchmarks."))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void the_first_call_after_a_warm_up_loads_next_to_no_class(View view) throws IOException {
        assertThat(ownClassesLoadedByTheFirstCall(view, false)).hasSizeGreaterThan(15);
        assertThat(ownClassesLoadedByTheFirstCall(view, true)).hasSizeLessThanOrEqualTo(2);
    }
}
