package dev.llmops.quality.risk;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs detectors over the parts of a call and says what to do.
 *
 * <pre>{@code
 * Guardrails guardrails = Guardrails.builder()
 *     .guard(Guardrails.Phase.INPUT, new InjectionPhrases(), Risk.Action.BLOCKED)
 *     .guard(Guardrails.Phase.TOOL_CALL, new ToolAllowList(Set.of("search")), Risk.Action.BLOCKED)
 *     .build();
 *
 * if (guardrails.check(call, Guardrails.Phase.INPUT, prompt).isBlocked()) {
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
    private final Consumer<Run> observer;
    private final Ticker ticker;

    private record Guard(
            Phase phase,
            RiskDetector detector,
            Risk.Action action,
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
    public record Result(String text, List<Risk> risks, Risk.Action action) {

        /**
         * Returns true if the text must not pass.
         *
         * @return true if a guardrail blocked it
         */
        public boolean isBlocked() {
            return action == Risk.Action.BLOCKED;
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
    public Result check(LlmCall call, Phase phase, String text) {
        String current = text;
        List<Risk> risks = new ArrayList<>();
        Risk.Action strongest = Risk.Action.ALLOWED;
        for (Guard guard : guards) {
            if (guard.phase == phase && strongest != Risk.Action.BLOCKED) {
                Run run = run(guard, current);
                run.risks().forEach(risk -> call.risk(risk.toFinding(run.action(), phase)));
                risks.addAll(run.risks());
                strongest = run.action().compareTo(strongest) > 0 ? run.action() : strongest;
                if (run.action() == Risk.Action.REDACTED && guard.redactor != null) {
                    current = guard.redactor.apply(current, run.risks());
                }
            }
        }
        return new Result(current, List.copyOf(risks), strongest);
    }

    private Run run(Guard guard, String text) {
        long start = ticker.nanos();
        List<Risk> risks;
        Risk.Action action;
        String error = null;
        try {
            risks = guard.detector.detect(text);
            action = action(guard, risks);
        } catch (RuntimeException e) {
            error = e.getClass().getSimpleName();
            risks = List.of(
                    new Risk("guardrail_failed", Risk.Severity.MEDIUM, 1, guard.detector.identity(), error, null));
            action = failClosed && !guard.shadow ? Risk.Action.BLOCKED : Risk.Action.BYPASSED;
        }
        Run run = new Run(
                guard.detector.identity(), guard.phase, risks, action, guard.shadow, ticker.nanos() - start, error);
        observer.accept(run);
        return run;
    }

    private static Risk.Action action(Guard guard, List<Risk> risks) {
        if (risks.isEmpty()) {
            return Risk.Action.ALLOWED;
        }
        return guard.shadow ? Risk.Action.LOGGED : guard.action;
    }

    /** Collects the guardrails. Not thread-safe. */
    public static final class Builder {

        private final List<Guard> guards = new ArrayList<>();
        private boolean failClosed;
        private Consumer<Run> observer = run -> {};
        private Ticker ticker = Ticker.system();

        private Builder() {}

        /**
         * Adds a guardrail; guardrails of a phase run in the order in which they were added, until one blocks.
         *
         * @param phase what it checks
         * @param detector finds risks
         * @param action what is done about a finding; not {@link Risk.Action#REDACTED}
         * @return this builder
         * @throws IllegalArgumentException if the action is to redact, which needs {@link #redact}
         */
        public Builder guard(Phase phase, RiskDetector detector, Risk.Action action) {
            if (action == Risk.Action.REDACTED) {
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
        public Builder shadow(Phase phase, RiskDetector detector) {
            guards.add(new Guard(phase, detector, Risk.Action.LOGGED, true, null));
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
        public Builder redact(Phase phase, RiskDetector detector, BiFunction<String, List<Risk>, String> redactor) {
            guards.add(new Guard(phase, detector, Risk.Action.REDACTED, false, redactor));
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
        public Builder observer(Consumer<Run> observer) {
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

    /**
     * Run of one guardrail.
     *
     * @param guardrail the detector's identity
     * @param phase the part of the call
     * @param risks what was found
     * @param action what was done
     * @param shadow true if the guardrail only watches
     * @param elapsedNanos how long it took, in nanoseconds
     * @param error the class of what the detector threw, or null
     */
    public record Run(
            String guardrail,
            Phase phase,
            List<Risk> risks,
            Risk.Action action,
            boolean shadow,
            long elapsedNanos,
            @Nullable String error) {

        /** Copies the list. */
        public Run {
            risks = List.copyOf(risks);
        }

        /**
         * Returns the result for labels: the action, and {@code would_act} for a finding of a guardrail that only watches.
         *
         * @return a word of low cardinality
         */
        public String result() {
            return shadow && action == Risk.Action.LOGGED ? "would_act" : action.label();
        }
    }

    /** Part of a call that a guardrail checks. */
    public enum Phase {
        /** The prompt, before it is sent. */
        INPUT,
        /** A retrieved document, before it is put into the prompt. */
        RETRIEVED_DOCUMENT,
        /** A tool call that the model asks for, before the tool runs. */
        TOOL_CALL,
        /** The result of a tool, before the model sees it. */
        TOOL_RESULT,
        /** The answer, before the user sees it. */
        OUTPUT;

        /**
         * Returns the word for it in logs and labels.
         *
         * @return a lower-case word
         */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
