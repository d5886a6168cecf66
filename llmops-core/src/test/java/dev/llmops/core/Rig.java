package dev.llmops.core;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import java.util.function.UnaryOperator;

/** What most tests need: an {@link LlmOps} on a clock that moves only when told, with a listener that remembers. */
final class Rig {

    final FakeTicker ticker = new FakeTicker();
    final RecordingListener seen = new RecordingListener();
    final LlmOps llmops;

    Rig() {
        this(UnaryOperator.identity());
    }

    Rig(UnaryOperator<LlmOpsBuilder> settings) {
        this.llmops = settings.apply(LlmOps.builder().ticker(ticker).clock(ticker.clock()))
                .listener(seen)
                .build();
    }

    LlmCallBuilder call() {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true);
    }

    LlmCall start() {
        return call().start();
    }

    void chunkAfter(LlmCall call, long millis, int tokens) {
        ticker.advanceMillis(millis);
        call.chunk(tokens);
    }

    CallRecord record() {
        return seen.onlyRecord();
    }

    long dropped(String where) {
        return llmops.telemetry().value(Telemetry.Kind.DROPPED, where);
    }

    long failures(String where) {
        return llmops.telemetry().value(Telemetry.Kind.FAILURES, where);
    }

    long lateEndings(String outcome) {
        return llmops.telemetry().value(Telemetry.Kind.LATE_ENDINGS, outcome);
    }
}
