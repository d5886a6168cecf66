package dev.llmops.quality.risk;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs detectors over the parts of a call and says what to do.
 *
 * <pre>{@code
 * Guardrails guardrails = Guardrails.builder()
 *     .guard(GuardrailPhase.INPUT, new InjectionPhrases(), RiskAction.BLOCKED)
 *     .guard(GuardrailPhase.TOOL_CALL, new ToolAllowList(Set.of("search")), RiskAction.BLOCKED)
 *     .build();
 *
 * if (guardrails.check(call, GuardrailPhase.INPUT, prompt).isBlocked()) {
 *     call.reject(CallError.of(ErrorKind.CONTENT_FILTER));
 * }
 * }</pre>
 *
 * <p>Findings are recorded with the call. A detector that throws is visible: the text is bypassed by default, or blocked
 * where {@link Builder#failClosed} says so. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Guardrails {

    private final List<Guard> guards;
    private final boolean failClosed;
    private final Consumer<GuardrailRun> observer;
    private final Ticker ticker;

    private record Guard(
            GuardrailPhase phase,
            RiskDetector detector,
            RiskAction action,
            boolean shadow,
            @Nullable BiFunction<String, List<Risk>, String> redactor) {}

    private Guardrails(Builder builder) {
        this.guards = List.copyOf(builder.guards);
        this.failClosed = builder.failClosed;
        this.observer = builder.observer;
        this.ticker = builder.ticker;
    }

    /**
     * Result of a check.
     *
     * @param text the text to go on with: redacted where a guardrail did so
     * @param risks the findings
     * @param action the strongest action taken
     */
    public record Result(String text, List<Risk> risks, RiskAction action) {

        /**
         * Returns true if the text must not pass.
         *
         * @return true if a guardrail blocked it
         */
        public boolean isBlocked() {
            return action == RiskAction.BLOCKED;
        }
    }

    /**
     * Starts a configuration.
     *
     * @return a builder without guardrails
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Checks a part of a call, and records what is found with it.
     *
     * @param call the call
     * @param phase the part
     * @param text the text, or the name of a tool
     * @return the result
     */
    public Result check(LlmCall call, GuardrailPhase phase, String text) {
        String current = text;
        List<Risk> risks = new ArrayList<>();
        RiskAction strongest = RiskAction.ALLOWED;
        for (Guard guard : guards) {
            if (guard.phase == phase && strongest != RiskAction.BLOCKED) {
                GuardrailRun run = run(guard, current);
                run.risks().forEach(risk -> call.risk(risk.toFinding(run.action(), phase)));
                risks.addAll(run.risks());
                strongest = run.action().compareTo(strongest) > 0 ? run.action() : strongest;
                if (run.action() == RiskAction.REDACTED && guard.redactor != null) {
                    current = guard.redactor.apply(current, run.risks());
                }
            }
        }
        return new Result(current, List.copyOf(risks), strongest);
    }

    private GuardrailRun run(Guard guard, String text) {
        long start = ticker.nanos();
        List<Risk> risks;
        RiskAction action;
        String error = null;
        try {
            risks = guard.detector.detect(text);
            action = action(guard, risks);
        } catch (RuntimeException e) {
            error = e.getClass().getSimpleName();
            risks = List.of(
                    new Risk("guardrail_failed", RiskSeverity.MEDIUM, 1, guard.detector.identity(), error, null));
            action = failClosed && !guard.shadow ? RiskAction.BLOCKED : RiskAction.BYPASSED;
        }
        GuardrailRun run = new GuardrailRun(
                guard.detector.identity(), guard.phase, risks, action, guard.shadow, ticker.nanos() - start, error);
        observer.accept(run);
        return run;
    }

    private static RiskAction action(Guard guard, List<Risk> risks) {
        if (risks.isEmpty()) {
            return RiskAction.ALLOWED;
        }
        return guard.shadow ? RiskAction.LOGGED : guard.action;
    }

    /** Collects the guardrails. Not thread-safe. */
    public static final class Builder {

        private final List<Guard> guards = new ArrayList<>();
        private boolean failClosed;
        private Consumer<GuardrailRun> observer = run -> {};
        private Ticker ticker = Ticker.system();

        private Builder() {}

        /**
         * Adds a guardrail; guardrails of a phase run in the order in which they were added, until one blocks.
         *
         * @param phase what it checks
         * @param detector finds risks
         * @param action what is done about a finding; not {@link RiskAction#REDACTED}
         * @return this builder
         * @throws IllegalArgumentException if the action is to redact, which needs {@link #redact}
         */
        public Builder guard(GuardrailPhase phase, RiskDetector detector, RiskAction action) {
            if (action == RiskAction.REDACTED) {
                throw new IllegalArgumentException(
                        "action must say what a guardrail can do alone, but was redacted; use redact() with a redactor");
            }
            guards.add(new Guard(phase, detector, action, false, null));
            return this;
        }

        /**
         * Adds a guardrail that only watches: its findings are recorded as logged, and it never changes what happens.
         *
         * @param phase what it checks
         * @param detector finds risks
         * @return this builder
         */
        public Builder shadow(GuardrailPhase phase, RiskDetector detector) {
            guards.add(new Guard(phase, detector, RiskAction.LOGGED, true, null));
            return this;
        }

        /**
         * Adds a guardrail that removes what it finds.
         *
         * @param phase what it checks
         * @param detector finds risks
         * @param redactor takes the text and the findings, and returns the text to go on with
         * @return this builder
         */
        public Builder redact(
                GuardrailPhase phase, RiskDetector detector, BiFunction<String, List<Risk>, String> redactor) {
            guards.add(new Guard(phase, detector, RiskAction.REDACTED, false, redactor));
            return this;
        }

        /**
         * Sets what happens if a detector throws; false by default.
         *
         * @param failClosed true to block the text, false to let it pass and record it as bypassed
         * @return this builder
         */
        public Builder failClosed(boolean failClosed) {
            this.failClosed = failClosed;
            return this;
        }

        /**
         * Sets the receiver of every run, such as {@link GuardrailTimers}.
         *
         * @param observer called on the checking thread; must not throw
         * @return this builder
         */
        public Builder observer(Consumer<GuardrailRun> observer) {
            this.observer = observer;
            return this;
        }

        /**
         * Sets the source of elapsed times; the virtual machine's by default.
         *
         * @param ticker a monotonic clock
         * @return this builder
         */
        public Builder ticker(Ticker ticker) {
            this.ticker = ticker;
            return this;
        }

        /**
         * Makes the guardrails.
         *
         * @return the guardrails
         */
        public Guardrails build() {
            return new Guardrails(this);
        }
    }
}
