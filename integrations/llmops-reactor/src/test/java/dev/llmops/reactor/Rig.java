package dev.llmops.reactor;

import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;

/** An {@link LlmOps} on a clock that moves only when told, with a listener that remembers. */
final class Rig {

    final FakeTicker ticker = new FakeTicker();
    final RecordingListener seen = new RecordingListener();
    final CurrentCalls current = new CurrentCalls();
    final LlmOps llmops = LlmOps.builder()
            .ticker(ticker)
            .clock(ticker.clock())
            .listener(seen)
            .listener(current)
            .build();

    LlmCallBuilder call() {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true);
    }

    /** Counts the characters of each item as its tokens. */
    Function<Publisher<String>, Publisher<String>> observe() {
        return LlmReactor.observe(llmops, context -> call(), (text, call) -> call.chunk(text.length()));
    }

    CallRecord record() {
        return seen.onlyRecord();
    }

    List<Outcome> outcomes() {
        return seen.records().stream().map(CallRecord::outcome).toList();
    }

    long failures(String where) {
        return llmops.telemetry().value(Telemetry.Kind.FAILURES, where);
    }
}
