package dev.llmops.report.slo;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.report.Page;
import dev.llmops.report.ReportFolder;
import dev.llmops.slo.status.CompositeStatus;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.SloStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The report of traffic that was judged by objectives: one line that sums it up, the alerts that fire, and for each
 * objective its budget and its share of good events over time, the distribution of its values, its windows, excluded
 * time, and its worst offenders. Immutable.
 *
 * <pre>{@code
 * Page page = SloReport.builder("Load test", Instant.now(), engine.statuses())
 *         .calls(calls)
 *         .incidents(engine.history("fast").incidents())
 *         .build()
 *         .toPage();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class SloReport {

    final String title;
    final Instant at;
    final List<SloStatus> statuses;
    final boolean isPassed;
    final String explanation;
    final List<CompositeStatus> composites;
    final List<CallRecord> calls;
    final List<LlmEvent> events;
    final List<Incident> incidents;
    final @Nullable UnaryOperator<String> redactor;

    private SloReport(Builder builder) {
        title = builder.title;
        at = builder.at;
        statuses = builder.statuses;
        isPassed = builder.isPassed;
        explanation = builder.explanation;
        composites = builder.composites;
        calls = builder.calls;
        events = builder.events;
        incidents = builder.incidents;
        redactor = builder.redactor;
    }

    /**
     * Begins a report.
     *
     * @param title the name of the run, such as that of a test
     * @param at when the run ended
     * @param statuses the status of each objective or group
     * @return a builder of a report that passed
     */
    public static Builder builder(String title, Instant at, List<SloStatus> statuses) {
        return new Builder(title, at, statuses);
    }

    /**
     * Lays the report out.
     *
     * @return a page with the properties that {@link ReportFolder} shows in its index
     */
    public Page toPage() {
        return new SloPage(this).page();
    }

    /** Collects a report; the last call of a setter wins. Not safe for use by many threads. */
    public static final class Builder {

        private final String title;
        private final Instant at;
        private final List<SloStatus> statuses;
        private boolean isPassed = true;
        private String explanation = "";
        private List<CompositeStatus> composites = List.of();
        private List<CallRecord> calls = List.of();
        private List<LlmEvent> events = List.of();
        private List<Incident> incidents = List.of();
        private @Nullable UnaryOperator<String> redactor;

        private Builder(String title, Instant at, List<SloStatus> statuses) {
            this.title = Objects.requireNonNull(title, "title");
            this.at = Objects.requireNonNull(at, "at");
            this.statuses = List.copyOf(statuses);
        }

        /**
         * Sets the verdict.
         *
         * @param passed true if the run passed
         * @param reason the reason, a line to a paragraph; empty for none
         * @return this builder
         */
        public Builder verdict(boolean passed, String reason) {
            isPassed = passed;
            explanation = reason;
            return this;
        }

        /**
         * Sets the statuses of composites.
         *
         * @param values the statuses
         * @return this builder
         */
        public Builder composites(List<CompositeStatus> values) {
            composites = List.copyOf(values);
            return this;
        }

        /**
         * Sets the calls that were judged, from which charts and offenders are taken.
         *
         * @param values the calls
         * @return this builder
         */
        public Builder calls(List<CallRecord> values) {
            calls = List.copyOf(values);
            return this;
        }

        /**
         * Sets the later events that were judged.
         *
         * @param values the events
         * @return this builder
         */
        public Builder events(List<LlmEvent> values) {
            events = List.copyOf(values);
            return this;
        }

        /**
         * Sets the alerts of the run, which say since when a tier fires.
         *
         * @param values incidents of any objectives
         * @return this builder
         */
        public Builder incidents(List<Incident> values) {
            incidents = List.copyOf(values);
            return this;
        }

        /**
         * Shows the error messages of offenders, which may quote people, after redaction. Without a redactor they are left
         * out; a message for which it throws is left out too.
         *
         * @param function from a message to what may be shown of it
         * @return this builder
         */
        public Builder redactor(UnaryOperator<String> function) {
            redactor = Objects.requireNonNull(function, "redactor");
            return this;
        }

        /**
         * Builds the report.
         *
         * @return the report
         */
        public SloReport build() {
            return new SloReport(this);
        }
    }
}
