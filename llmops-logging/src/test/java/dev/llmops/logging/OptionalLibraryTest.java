package dev.llmops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.logging.read.LoggedRecord;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Writes and reads the log on a class path with neither Jackson's databind nor OpenTelemetry. */
class OptionalLibraryTest {

    /** Logs a call in every mode, and returns what was written and whether anything failed. */
    public static final class Logging implements Supplier<String> {

        @Override
        public String get() {
            LogRing ring = LogRing.of(10);
            StringBuilder result = new StringBuilder();
            for (CallLog.Mode mode : CallLog.Mode.values()) {
                CallLog log =
                        CallLog.builder().sink(Slf4jSink.of(mode)).sink(ring).build();
                try (LlmOps llmops = LlmOps.builder().listener(log).build()) {
                    llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish("stop");
                    result.append(llmops.telemetry().values(Telemetry.Kind.FAILURES));
                }
            }
            for (LogEntry entry : ring.entries()) {
                result.append(' ').append(LoggedRecord.of(entry.json()).call().outcome());
            }
            return result.toString();
        }
    }

    @Test
    void every_mode_writes_without_databind_and_opentelemetry() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("databind") && !entry.contains("opentelemetry")) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Object alone = loader.loadClass(Logging.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(((Supplier<?>) alone).get()).isEqualTo("{}{}{} COMPLETED COMPLETED COMPLETED");
        }
    }
}
