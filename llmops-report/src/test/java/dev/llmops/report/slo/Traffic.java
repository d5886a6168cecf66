package dev.llmops.report.slo;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Streams on a fake clock, one after the other, and their report. */
final class Traffic {

    static final Instant DATE = Instant.parse("2026-11-28T20:00:00Z");

    private final FakeTicker ticker = new FakeTicker();
    private final RecordingListener recorded = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder()
            .ticker(ticker)
            .clock(ticker.clock())
            .listener(recorded)
            .build();

    Traffic answers(int count, long ttftMillis) {
        for (int i = 0; i < count; i++) {
            LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                    .requestId("r-" + i)
                    .streaming(true)
                    .start();
            ticker.advanceMillis(ttftMillis);
            call.chunk(1);
            ticker.advanceMillis(20);
            call.finish("stop");
        }
        return this;
    }

    /** A call that ends without a token. */
    Traffic timeout(long millis) {
        LlmCall call =
                llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true).start();
        ticker.advanceMillis(millis);
        call.fail(new HttpTimeoutException("too slow"));
        return this;
    }

    Traffic failure(String model, String requestId) {
        ticker.advanceMillis(100);
        llmops.call(Operation.CHAT, "openai", model)
                .requestId(requestId)
                .start()
                .fail(new IllegalStateException("down"));
        return this;
    }

    List<JudgedEvent> judged(Objective objective) {
        return JudgedEvent.of(objective, recorded.records(), List.of());
    }

    List<CallRecord> calls() {
        return recorded.records();
    }

    /** An engine that has counted the calls, and whose clock stands at the end of the last one. */
    SloEngine engine(ObjectiveSet objectives) {
        Instant last = calls().stream()
                .map(CallRecord::endedAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        SloEngine engine = SloEngine.builder()
                .objectives(objectives)
                .clock(Clock.fixed(last, ZoneOffset.UTC))
                .evaluateEvery(Duration.ZERO)
                .build();
        calls().forEach(engine::record);
        return engine;
    }

    SloReport.Builder report(ObjectiveSet objectives) {
        try (SloEngine engine = engine(objectives)) {
            return SloReport.builder("AnswersTest.quick", DATE, engine.statuses())
                    .verdict(false, "ttft BREACHED")
                    .composites(engine.compositeStatuses())
                    .calls(calls());
        }
    }

    String html(Objective... objectives) {
        return html(ObjectiveSet.of(objectives));
    }

    String html(ObjectiveSet objectives) {
        return report(objectives).build().toPage().toHtml();
    }

    Instant now() {
        return ticker.clock().instant();
    }
}
