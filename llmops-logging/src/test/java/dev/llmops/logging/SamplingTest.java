package dev.llmops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.telemetry.Telemetry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SamplingTest {

    private static Logged sampled(double rate) {
        return new Logged(
                log -> log.sampleRate(rate).slow(Duration.ofSeconds(2)).expensive(new BigDecimal("0.05")));
    }

    static List<Consumer<LlmCall>> callsToLookInto() {
        return List.of(
                call -> call.fail(new IllegalStateException()),
                LlmCall::cancel,
                LlmCall::timeOut,
                call -> call.reject(CallError.of(ErrorKind.BUDGET_EXCEEDED)),
                call -> call.refusal().finish(),
                call -> call.risk(new RiskFinding("prompt_injection", "blocked", null))
                        .finish(),
                call -> {
                    call.tool("search").fail(ErrorKind.DEPENDENCY_FAILED);
                    call.finish();
                });
    }

    @ParameterizedTest
    @MethodSource("callsToLookInto")
    void calls_that_someone_may_look_into_are_always_kept(Consumer<LlmCall> ending) {
        Logged logged = sampled(0);
        ending.accept(logged.chat().start());
        assertThat(logged.fields()).containsEntry("sample_rate", 1.0);
    }

    @Test
    void abandoned_calls_are_always_kept() throws Exception {
        Logged logged = new Logged(log -> log.sampleRate(0), ops -> ops.abandonAfter(Duration.ofMillis(4)));
        LlmCall forgotten = logged.chat().start();
        logged.ticker.advanceMillis(5);
        for (long end = System.nanoTime() + 10_000_000_000L;
                logged.ring.entries().isEmpty() && System.nanoTime() < end; ) {
            Thread.onSpinWait();
        }
        logged.llmops.close();
        assertThat(forgotten.isEnded()).isTrue();
        assertThat(logged.fields()).containsEntry("status", "abandoned");
    }

    @Test
    void a_slow_call_is_always_kept() {
        Logged logged = sampled(0);
        LlmCall call = logged.chat().start();
        logged.ticker.advanceMillis(2000);
        call.finish();
        assertThat(logged.fields()).containsEntry("sample_rate", 1.0);
    }

    @ParameterizedTest
    @CsvSource({"0.05, 1", "0.0500000001, 1", "0.0499999999, 0"})
    void an_expensive_call_is_always_kept(String amount, int kept) {
        Cost cost = new Cost(CostState.EXACT, new BigDecimal(amount), "USD", List.of(), null);
        Logged logged = new Logged(
                log -> log.sampleRate(0).expensive(new BigDecimal("0.05")),
                ops -> ops.enricher(record -> record.toBuilder().cost(cost).build()));
        logged.chat().start().finish();
        assertThat(logged.ring.entries()).hasSize(kept);
    }

    @Test
    void an_ordinary_call_that_is_not_kept_is_counted() {
        Logged logged = sampled(0);
        logged.chat().start().finish();
        assertThat(logged.ring.entries()).isEmpty();
        assertThat(logged.llmops.telemetry().value(Telemetry.Kind.DROPPED, "log_sampled_out"))
                .isEqualTo(1);
    }

    @Test
    void an_ordinary_call_that_is_kept_says_for_what_share_it_stands() {
        Logged logged = sampled(0.25);
        for (int i = 0; i < 400; i++) {
            logged.chat().traceId("trace-" + i).start().finish();
        }
        assertThat(logged.ring.entries())
                .hasSizeBetween(70, 100)
                .allSatisfy(entry -> assertThat(entry.fields()).containsEntry("sample_rate", 0.25));
    }

    @Property
    void what_is_kept_at_a_rate_is_kept_at_every_higher_one(@ForAll String traceId) {
        double share = Sampling.share(traceId);
        assertThat(share).isGreaterThanOrEqualTo(0).isLessThan(1);
        assertThat(Sampling.share(new String(traceId.toCharArray()))).isEqualTo(share);
    }

    @Test
    void shares_are_spread_evenly_over_ids_that_differ_little() {
        long below = IntStream.range(0, 100_000)
                .filter(i -> Sampling.share("canary-test-" + i) < 0.1)
                .count();
        // Five standard deviations of a binomial count with n = 100,000 and p = 0.1.
        assertThat(below).isBetween(10_000L - 475, 10_000L + 475);
    }

    @ParameterizedTest
    @CsvSource({
        "0af7651916cd43dd8448eb211c80319c, 0.14396803121287638",
        "canary-test-001, 0.10119169525945904",
        "'', 0.9576734252420561",
    })
    void the_share_of_a_trace_never_changes_between_versions(String traceId, double share) {
        assertThat(Sampling.share(traceId)).isEqualTo(share);
    }

    @Test
    void the_same_trace_is_sampled_alike_in_two_processes() throws Exception {
        List<String> traceIds = IntStream.range(0, 200)
                .mapToObj(i -> new UUID(i, ~i).toString().replace("-", ""))
                .toList();
        ChildJvm other = ChildJvm.start(SharesOfTraces.class, String.join(",", traceIds));
        List<String> ours =
                traceIds.stream().map(id -> String.valueOf(Sampling.share(id))).toList();
        assertThat(other.awaitOutput()).isEqualTo(ours);
    }

    /** Prints the share of each trace id of its argument. */
    static final class SharesOfTraces {
        public static void main(String[] args) {
            for (String traceId : args[0].split(",")) {
                System.out.println(Sampling.share(traceId));
            }
        }
    }
}
