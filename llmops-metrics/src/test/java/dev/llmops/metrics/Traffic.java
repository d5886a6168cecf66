package dev.llmops.metrics;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.core.Phase;
import dev.llmops.core.RunningTool;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.version.VersionSet;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** Calls of every kind, always the same: every outcome, and everything that can be said of a call. */
final class Traffic {

    private final FakeTicker ticker = new FakeTicker();
    private final LlmListener[] listeners;

    Traffic(LlmListener... listeners) {
        this.listeners = listeners;
    }

    private LlmOps llmops(Duration abandonAfter) {
        LlmOpsBuilder builder = LlmOps.builder()
                .ticker(ticker)
                .clock(ticker.clock())
                .abandonAfter(abandonAfter)
                .versionSet(VersionSet.builder().prompt("v12").build())
                .enricher(Traffic::price);
        List.of(listeners).forEach(builder::listener);
        return builder.build();
    }

    /** Half of the models have a price. */
    private static CallRecord price(CallRecord record) {
        long tokens = record.usage().outputTokens().orElse(0);
        BigDecimal amount = new BigDecimal("0.00025").multiply(BigDecimal.valueOf(tokens));
        Cost cost = record.info().requestModel().equals("gpt-4o")
                ? new Cost(CostState.EXACT, amount, "USD", List.of(), null)
                : Cost.unpriced("USD");
        return record.toBuilder().cost(cost).build();
    }

    void run() {
        try (LlmOps llmops = llmops(Duration.ofHours(1))) {
            completed(llmops);
            reasoned(llmops);
            embedded(llmops);
            cancelled(llmops);
            failed(llmops);
            llmops.call(Operation.CHAT, "openai", "gpt-4o").start().reject(CallError.of(ErrorKind.BUDGET_EXCEEDED));
            events(llmops);
        }
        try (LlmOps llmops = llmops(Duration.ofMillis(8))) {
            llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
            ticker.advanceMillis(9);
            Awaitility.await().until(() -> llmops.activeCalls() == 0);
        }
    }

    private void stream(LlmCall call, long firstAfterMillis, int tokensPerChunk, long... gapsMillis) {
        ticker.advanceMillis(firstAfterMillis);
        call.chunk(tokensPerChunk);
        for (long gap : gapsMillis) {
            ticker.advanceMillis(gap);
            call.chunk(tokensPerChunk);
        }
    }

    private void completed(LlmOps llmops) {
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .requestId("r-1")
                .tenant("acme")
                .feature("support")
                .serverAddress("api.openai.com:443")
                .streaming(true)
                .start();
        call.live().trace("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
        try (Phase retrieval = call.phase("retrieval")) {
            ticker.advanceMillis(30);
            try (Phase rerank = call.phase("rerank")) {
                ticker.advanceMillis(12);
            }
        }
        call.retry().retry().cache(CacheResult.MISS).responseModel("gpt-4o-2024-08-06");
        stream(call, 450, 2, 20, 25, 40, 300);
        try (RunningTool tool = call.tool("search")) {
            ticker.advanceMillis(70);
        }
        try (RunningTool tool = call.tool("search")) {
            ticker.advanceMillis(80);
            tool.fail(ErrorKind.TIMEOUT);
        }
        call.usage(TokenUsage.inclusive(812, 10).cachedInput(512)).finish("stop");
    }

    private void reasoned(LlmOps llmops) {
        LlmCall call = llmops.call(Operation.CHAT, "anthropic", "claude-opus")
                .requestId("r-2")
                .streaming(true)
                .versionSet(VersionSet.builder().prompt("v13").build())
                .start();
        ticker.advanceMillis(90);
        call.reasoningChunk(3);
        stream(call, 100, 1, 7, 7, 7);
        call.risk(new RiskFinding("prompt_injection", "reported", null)).refusal();
        call.usage(TokenUsage.exclusive(50, 4).cachedInput(30).cacheWrite(20).reasoning(3))
                .finish("refusal");
    }

    private void embedded(LlmOps llmops) {
        LlmCall call = llmops.call(Operation.EMBEDDINGS, "openai", "text-embedding-3")
                .requestId("r-3")
                .start();
        ticker.advanceMillis(1_280);
        call.cache(CacheResult.HIT).usage(TokenUsage.inclusive(64, 0)).finish();
    }

    private void cancelled(LlmOps llmops) {
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .streaming(true)
                .estimatedInputTokens(100)
                .start();
        stream(call, 500, 1, 50, 50);
        call.cancel();
        call.cancel();
    }

    private void failed(LlmOps llmops) {
        LlmCall refused =
                llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true).start();
        stream(refused, 200, 1, 10);
        refused.fail(CallError.of(ErrorKind.OVERLOADED));
        LlmCall slow = llmops.call(Operation.CHAT, "anthropic", "claude-opus").start();
        ticker.advanceMillis(90_000);
        slow.fail(new TimeoutException());
        LlmCall broken = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
        broken.fail(CallError.of(new ErrorKind("quota_service_down", true)));
    }

    private static void events(LlmOps llmops) {
        llmops.feedback("r-1", LlmEvent.Verdict.UP, null);
        llmops.feedback("r-2", LlmEvent.Verdict.DOWN, "no");
        llmops.feedback("nobody", LlmEvent.Verdict.DOWN, null);
        llmops.evaluation("r-1", "faithfulness", 0.85, null, null);
        llmops.evaluation("r-1", "faithfulness", 0.3, null, null);
        llmops.evaluation("r-2", "helpfulness", 4.5, null, null);
        llmops.refusal("r-3", "policy");
        llmops.risk("r-1", new RiskFinding("pii_leak", "masked", null));
    }
}
