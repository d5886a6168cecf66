package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.telemetry.Telemetry;
import java.io.IOException;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    /** A process of its own that tells how many classes its first call loads. */
    static final class FirstCall {

        public static void main(String[] args) {
            ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
            LlmOps llmops = LlmOps.builder().listener(new LlmListener() {}).build();
            if (args[0].equals("warm")) {
                llmops.warmUp();
            }
            long before = classes.getTotalLoadedClassCount();
            LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                    .streaming(true)
                    .start();
            call.chunk(1);
            call.chunk(1);
            call.usage(TokenUsage.inclusive(1, 2)).finish("stop");
            System.out.print(classes.getTotalLoadedClassCount() - before);
        }
    }

    private static int classesLoadedByTheFirstCall(String mode) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), FirstCall.class.getName(), mode)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return Integer.parseInt(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void the_first_call_after_a_warm_up_loads_a_tenth_of_the_classes_at_most() throws IOException {
        int cold = classesLoadedByTheFirstCall("cold");
        int warm = classesLoadedByTheFirstCall("warm");
        assertThat(cold).isGreaterThan(20);
        assertThat(warm).isLessThanOrEqualTo(cold / 10);
    }

    @Test
    void listeners_and_enrichers_warm_up_and_record_nothing() {
        List<CallRecord> samples = new ArrayList<>();
        Rig rig = new Rig(builder -> builder.listener(new LlmListener() {
                    @Override
                    public void warmUp(CallRecord sample) {
                        samples.add(sample);
                    }
                })
                .enricher(new CallEnricher() {
                    @Override
                    public CallRecord enrich(CallRecord record) {
                        return record;
                    }

                    @Override
                    public void warmUp(CallRecord sample) {
                        throw new IllegalStateException();
                    }
                }));
        rig.llmops.warmUp();
        assertThat(samples).hasSize(1);
        assertThat(rig.seen.records()).isEmpty();
        assertThat(rig.llmops.activeCalls()).isZero();
        assertThat(rig.llmops.telemetry().values(Telemetry.Kind.FAILURES)).hasSize(1);
    }
}
