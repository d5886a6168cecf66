package dev.llmops.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.test.LogCapture;
import dev.llmops.test.SpanCapture;
import dev.llmops.test.WithCaptures;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapturesGuideTest {

    @Test
    @WithCaptures
    void an_answer_is_recorded_logged_and_traced(RecordingListener calls, LogCapture logs, SpanCapture spans) {
        LlmOps llmops = LlmOps.builder()
                .listener(spans.listener())
                .listener(logs.listener())
                .listener(calls)
                .build();
        new ChatService(llmops).ask("question");

        assertEquals(Outcome.COMPLETED, calls.onlyRecord().outcome());
        assertEquals("success", logs.onlyCall().get("status"));
        assertEquals("chat gpt-4o", spans.onlySpan().getName());
        assertEquals(List.of(), spans.unended());
    }
}
