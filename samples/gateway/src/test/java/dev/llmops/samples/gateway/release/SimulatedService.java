package dev.llmops.samples.gateway.release;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.version.VersionSet;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.policy.GatePolicy;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A service behind the gateway's releases whose calls follow one another on a fake clock. */
final class SimulatedService implements AutoCloseable {

    private static final int MEASURED_REQUESTS = 600;
    private static final int JUDGED_EVERY = 25;
    private static final int MILLIS_BETWEEN = 25;
    private static final int MILLIS_PER_TOKEN = 6;
    private static final int INPUT_TOKENS = 200;
    private static final int USERS = 2_000;

    final FakeTicker ticker = new FakeTicker();
    final Releases releases;
    private final LlmOps llmops;
    private final SplittableRandom random;
    private Consumer<Answer> everyAnswer = answer -> {};
    private int requests;

    /** One answer, drawn as the baseline gives it; a version changes what it does differently. */
    static final class Answer {
        final SplittableRandom random;
        final int user;
        double ttftMillis;
        int outputTokens;
        int cachedTokens;
        double faithfulness;
        boolean fails;
        boolean fallsBack;
        boolean leaks;
        boolean isLost;

        Answer(SplittableRandom random, int user) {
            this.random = random;
            this.user = user;
            ttftMillis = 110 * Math.exp(.35 * random.nextGaussian());
            outputTokens = (int) Math.max(8, Math.min(40, 24 * Math.exp(.4 * random.nextGaussian())));
            cachedTokens = INPUT_TOKENS / 2;
            faithfulness = happens(.02) ? .2 : 1;
            fails = happens(.01);
        }

        boolean happens(double probability) {
            return random.nextDouble() < probability;
        }
    }

    SimulatedService(GatePolicy policy, long seed) {
        random = new SplittableRandom(seed);
        releases = new Releases(policy, MEASURED_REQUESTS, ticker.clock(), () -> Double.NaN);
        llmops = LlmOps.builder()
                .ticker(ticker)
                .clock(ticker.clock())
                .detectVersions(false)
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(releases.listener())
                .build();
    }

    /** Sets how both versions differ from the usual. */
    SimulatedService where(Consumer<Answer> change) {
        everyAnswer = change;
        return this;
    }

    /** Measures the baseline, then releases a candidate until it is paused or ended, or the requests are used up. */
    ObjectNode release(Consumer<Answer> candidate, int maxRequests) {
        for (int i = 0; i < MEASURED_REQUESTS; i++) {
            request(candidate);
        }
        ReleaseRequest asked =
                new ReleaseRequest("r-1", VersionSet.builder().prompt("v2").build(), "a test", "ada", "");
        Release release = releases.start(
                asked, Actor.person("ada"), VersionSet.builder().prompt("v1").build());
        for (int i = 1; i <= maxRequests && release.state().status() == SwitchState.Status.RUNNING; i++) {
            request(candidate);
            if (i % JUDGED_EVERY == 0) {
                releases.judge();
            }
        }
        return GateJson.release(release);
    }

    /** Returns the requests after which the plan detects a candidate at the roll-back limit. */
    double plannedRequests(String metric) {
        for (JsonNode entry : releases.planJson().path("entries")) {
            if (entry.path("metric").asString().equals(metric)
                    && entry.path("question").asString().equals("detect")) {
                return entry.path("requests").asDouble();
            }
        }
        throw new AssertionError("the plan has no " + metric);
    }

    private void request(Consumer<Answer> candidate) {
        String id = "request-" + requests++;
        // A few users ask most of the questions.
        Answer answer = new Answer(random, (int) (USERS * Math.pow(random.nextDouble(), 2)));
        String user = "user-" + answer.user;
        Optional<Assigned> assigned = releases.assign(new ReleaseUnit(id, null, user, null));
        everyAnswer.accept(answer);
        assigned.filter(arm -> arm.assignment().arm() == Arm.CANDIDATE).ifPresent(arm -> candidate.accept(answer));
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o-mini")
                .requestId(id)
                .user(user)
                .streaming(true)
                .start();
        assigned.filter(arm -> !answer.isLost).ifPresent(arm -> arm.mark(call));
        answer(call, answer);
        llmops.evaluation(id, "faithfulness", answer.faithfulness, null, null);
        ticker.advanceMillis(MILLIS_BETWEEN);
    }

    private void answer(LlmCall call, Answer answer) {
        ticker.advanceMillis(Math.round(answer.ttftMillis));
        call.chunk(1);
        ticker.advanceMillis((long) MILLIS_PER_TOKEN * answer.outputTokens);
        call.usage(TokenUsage.inclusive(INPUT_TOKENS, answer.outputTokens).cachedInput(answer.cachedTokens));
        if (answer.leaks) {
            call.risk(new RiskFinding("pii_leak", "logged", null));
        }
        if (answer.fallsBack) {
            Assignment.markFallback(call);
        }
        if (answer.fails) {
            call.fail(CallError.of(ErrorKind.OVERLOADED));
        } else {
            call.finish("stop");
        }
    }

    @Override
    public void close() {
        llmops.close();
        releases.close();
    }
}
