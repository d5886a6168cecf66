package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.aspect.service.Answers;
import dev.llmops.core.testing.RecordingListener;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryWeavingTest {

    @TempDir
    Path compiled;

    @TempDir
    Path output;

    @Test
    void classes_that_javac_compiled_can_be_woven_afterwards() throws Exception {
        RecordingListener seen = new RecordingListener();
        try (Woven woven = Woven.byClass(compiled, output)) {
            LlmObservedAspect.aspectOf().use(Scenario.observing(seen));
            ((Answers) woven.service()).flux().blockLast();
        }
        assertThat(Scenario.text(seen)).isEqualTo("COMPLETED 2");
    }
}
