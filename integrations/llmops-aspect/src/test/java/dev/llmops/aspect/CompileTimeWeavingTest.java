package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.aspect.service.Answers;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.ToolCall;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileTimeWeavingTest extends WeavingContract {

    @TempDir
    static Path folder;

    private static Woven woven;

    @BeforeAll
    static void weave() throws IOException {
        woven = Woven.bySource(folder);
    }

    @AfterAll
    static void close() throws IOException {
        woven.close();
    }

    @Override
    Answers observed(LlmOps llmops) throws Exception {
        LlmObservedAspect.aspectOf().use(llmops);
        return (Answers) woven.service();
    }

    @Test
    void private_methods_are_phases_and_tools_of_the_call() throws Exception {
        observed(llmops).withPhaseAndTool();
        assertThat(seen.onlyRecord().timing().phases())
                .extracting(Timing.Phase::name)
                .containsExactly("retrieval");
        assertThat(seen.onlyRecord().toolCalls()).extracting(ToolCall::name).containsExactly("weather");
    }

    @Test
    void private_methods_that_the_class_calls_itself_are_observed() throws Exception {
        Object service = observed(llmops);
        service.getClass().getMethod("twice").invoke(service);
        assertThat(seen.records())
                .extracting(record -> record.info().operation())
                .containsExactly(new Operation("text_completion"), new Operation("text_completion"), Operation.CHAT);
    }
}
