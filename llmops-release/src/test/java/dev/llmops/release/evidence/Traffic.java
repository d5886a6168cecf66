package dev.llmops.release.evidence;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.VersionSwitch;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/** Live calls of a release, some of them bad, on a clock that stands in for time. */
final class Traffic implements AutoCloseable {

    private static final CallEnricher PRICES = record -> {
        long tokens = record.usage().inputTokens().orElse(0)
                + 4 * record.usage().outputTokens().orElse(0);
        BigDecimal amount = BigDecimal.valueOf(tokens, 6);
        return record.toBuilder()
                .cost(new Cost(CostState.EXACT, amount, "USD", List.of(), null))
                .build();
    };

    final FakeTicker ticker;
    final LlmOps llmops;
    private final VersionSwitch release;
    private final Random random = new Random(11);

    Traffic(VersionSwitch release, FakeTicker ticker, LlmListener... listeners) {
        this.release = release;
        this.ticker = ticker;
        LlmOpsBuilder builder = LlmOps.builder()
                .enricher(PRICES)
                .enricher(new LedgerFacts())
                .detectVersions(false)
                .ticker(ticker)
                .clock(ticker.clock());
        for (LlmListener listener : listeners) {
            builder.listener(listener);
        }
        this.llmops = builder.build();
    }

    LlmCall start(String unit) {
        Assignment assignment = release.assign(unit);
        return assignment.mark(llmops.call(Operation.CHAT, "openai", "gpt")
                .feature("feature-" + unit.length())
                .requestId(unit)
                .streaming(true)
                .versionSet(assignment.versionSet())
                .start());
    }

    /** Makes a call of a unit that ends in one of many ways, and sometimes has an aftermath. */
    void call(String unit) {
        try (LlmCall call = start(unit)) {
            ticker.advanceMillis(200 + random.nextInt(3_500));
            call.chunk(1);
            ticker.advanceMillis(random.nextInt(500));
            call.usage(TokenUsage.inclusive(500 + random.nextInt(3_000), random.nextInt(400))
                    .cachedInput(random.nextInt(400)));
            end(call);
        }
        ticker.advanceMillis(50);
        if (random.nextInt(3) == 0) {
            llmops.feedback(unit, random.nextInt(8) == 0 ? LlmEvent.Verdict.DOWN : LlmEvent.Verdict.UP, null);
        }
        if (random.nextInt(4) == 0) {
            ticker.advanceMillis(1);
            llmops.evaluation(unit, "answer_quality", random.nextInt(6) == 0 ? .2 : .9, null, null, "judge@3");
        }
    }

    private void end(LlmCall call) {
        int way = random.nextInt(40);
        if (way == 0) {
            call.fail(CallError.of(ErrorKind.OVERLOADED));
        } else if (way == 1) {
            call.fail(CallError.of(ErrorKind.INVALID_REQUEST));
        } else if (way == 2) {
            call.timeOut();
        } else if (way == 3) {
            call.cancel();
        } else if (way == 4) {
            Assignment.markFallback(call).finish("stop");
        } else {
            call.finish("stop");
        }
    }

    @Override
    public void close() {
        llmops.close();
    }
}
