package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that runs out of memory ends, and does not live on with half of its threads. */
class OutOfMemoryIT {

    private static final int EXIT_STATUS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"listener", "other thread"})
    void a_lack_of_memory_ends_the_process_with_a_status(String where) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Exhausted.class.getName(),
                        where)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(EXIT_STATUS);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A gateway in a heap that is filled. */
    static final class Exhausted {

        private static final List<byte[]> KEPT = new ArrayList<>();

        public static void main(String[] where) {
            GatewayOptions options = new GatewayOptions();
            options.observer = new LlmListener() {
                @Override
                public void callEnded(LiveCall call, CallRecord record) {
                    fill();
                }
            };
            RunningGateway gateway = new RunningGateway(options);
            if (where[0].equals("listener")) {
                gateway.chat("tokens=1", "{\"user_id\":\"u\",\"prompt\":\"p\",\"budget_ms\":60000}");
            } else {
                new Thread(Exhausted::fill).start();
            }
        }

        private static void fill() {
            while (true) {
                KEPT.add(new byte[1 << 20]);
            }
        }
    }
}
