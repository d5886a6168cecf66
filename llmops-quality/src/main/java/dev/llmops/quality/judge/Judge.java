package dev.llmops.quality.judge;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets an {@link Evaluator} score a sample of the answers, off the callers' threads, within a budget of its own.
 *
 * <pre>{@code
 * Judge judge = Judge.builder(evaluator)
 *     .sampler(new CallSampler(0.1, 0))
 *     .budget(new JudgeBudget(5_000, new BigDecimal("20"), Clock.systemUTC()))
 *     .build();
 * LlmOps llmops = LlmOps.builder().contentPolicy(ContentPolicy.builder().captureContent(true).build()).listener(judge).build();
 * judge.attach(llmops);
 * }</pre>
 *
 * <p>Scores go to all listeners as evaluations of their call. A judge that fails is counted under {@code judge_failed} and
 * scores nothing: a failure is no bad answer. Calls that are chosen but cannot be judged, for want of content, budget or
 * room in the queue, are counted as dropped. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Judge implements LlmListener, TelemetryAware, AutoCloseable {

    /** The number of evaluations at a time by default. */
    public static final int DEFAULT_CONCURRENCY = 2;

    /** The number of answers that may wait by default. */
    public static final int DEFAULT_QUEUE = 1_000;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final Evaluator evaluator;
    private final CallSampler sampler;
    private final @Nullable JudgeBudget budget;
    private final ExecutorService executor;
    private Telemetry telemetry = new Telemetry();
    private volatile @Nullable LlmOps llmops;

    private Judge(Builder builder) {
        this.evaluator = builder.evaluator;
        this.sampler = builder.sampler;
        this.budget = builder.budget;
        this.executor = new ThreadPoolExecutor(
                builder.concurrency,
                builder.concurrency,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(builder.queue),
                task -> {
                    Thread thread = new Thread(task, "llmops-judge");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Starts a configuration.
     *
     * @param evaluator scores the answers
     * @return a builder that judges every call
     */
    public static Builder builder(Evaluator evaluator) {
        return new Builder(evaluator);
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /**
     * Connects to the object whose calls are judged, which also observes the judge's own calls.
     *
     * @param observed the object to which this listener was added
     */
    public void attach(LlmOps observed) {
        this.llmops = observed;
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        if (JudgeCalls.PURPOSE.equals(record.info().purpose())) {
            spend(record.cost());
            return;
        }
        LlmOps observed = llmops;
        if (observed == null
                || record.info().purpose() != null
                || record.outcome() != Outcome.COMPLETED
                || !sampler.isChosen(record.info().callId())) {
            return;
        }
        EvaluationInput input = input(record);
        if (input == null) {
            telemetry.count(Telemetry.Kind.DROPPED, "judge_without_content");
        } else if (budget != null && !budget.take()) {
            telemetry.count(Telemetry.Kind.DROPPED, "judge_budget");
        } else {
            submit(input, observed);
        }
    }

    private void spend(@Nullable Cost cost) {
        if (budget != null && cost != null && cost.amountOrNull() != null) {
            budget.spend(cost.amountOrNull());
        }
    }

    private static @Nullable EvaluationInput input(CallRecord record) {
        String question = record.content().input();
        String answer = record.content().output();
        return question == null || answer == null
                ? null
                : new EvaluationInput(record.info(), question, answer, List.of());
    }

    private void submit(EvaluationInput input, LlmOps observed) {
        try {
            executor.execute(() -> judge(input, observed));
        } catch (RejectedExecutionException e) {
            telemetry.count(Telemetry.Kind.DROPPED, "judge_queue");
        }
    }

    private void judge(EvaluationInput input, LlmOps observed) {
        try {
            Evaluator.Judgement judgement = evaluator.evaluate(input, new JudgeCalls(observed));
            if (input.call() != null) {
                observed.evaluation(
                        input.call().callId().toString(),
                        evaluator.definition().name(),
                        judgement.score(),
                        judgement.label(),
                        judgement.explanation(),
                        evaluator.identity());
            }
        } catch (Exception e) {
            telemetry.failure("judge_failed", e, "check the judge; answers it could not judge have no score");
        }
    }

    /** Waits up to ten seconds for the evaluations under way, and drops the others. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                executor.shutdownNow().forEach(waiting -> telemetry.count(Telemetry.Kind.DROPPED, "judge_queue"));
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Collects the configuration of a {@link Judge}. Not thread-safe. */
    public static final class Builder {

        private final Evaluator evaluator;
        private CallSampler sampler = new CallSampler(1, 0);
        private @Nullable JudgeBudget budget;
        private int concurrency = DEFAULT_CONCURRENCY;
        private int queue = DEFAULT_QUEUE;

        private Builder(Evaluator evaluator) {
            this.evaluator = evaluator;
        }

        /**
         * Sets which calls are judged; all by default.
         *
         * @param sampler chooses calls
         * @return this builder
         */
        public Builder sampler(CallSampler sampler) {
            this.sampler = sampler;
            return this;
        }

        /**
         * Sets the limit; none by default.
         *
         * @param budget the budget
         * @return this builder
         */
        public Builder budget(JudgeBudget budget) {
            this.budget = budget;
            return this;
        }

        /**
         * Sets how many answers are judged at a time, and how many may wait.
         *
         * @param atATime at least 1; {@value #DEFAULT_CONCURRENCY} by default
         * @param waiting at least 1; {@value #DEFAULT_QUEUE} by default
         * @return this builder
         */
        public Builder concurrency(int atATime, int waiting) {
            this.concurrency = atATime;
            this.queue = waiting;
            return this;
        }

        /**
         * Makes the judge and its threads.
         *
         * @return the judge
         * @throws IllegalArgumentException if concurrency or queue are under 1
         */
        public Judge build() {
            if (concurrency < 1 || queue < 1) {
                throw new IllegalArgumentException(
                        "concurrency and queue must be at least 1, but were " + concurrency + " and " + queue);
            }
            return new Judge(this);
        }
    }
}
