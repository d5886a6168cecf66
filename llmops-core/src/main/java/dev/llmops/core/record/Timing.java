package dev.llmops.core.record;

import dev.llmops.core.Ticker;
import dev.llmops.core.stream.InterTokenHistogram;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The timing of a call. Immutable; every figure comes from one monotonic {@link Ticker}.
 *
 * <p>A chunk is any event that the provider sent; a token arrives in a chunk with content, so a role-only or keep-alive chunk
 * brings none; output is content that is not reasoning.
 *
 * @since 0.1.0
 */
public final class Timing {

    private static final long ABSENT = -1;

    private final long durationNanos;
    // Made once, since each view reads them.
    private final OptionalLong timeToFirstChunkNanos;
    private final OptionalLong timeToFirstTokenNanos;
    private final OptionalLong timeToFirstOutputNanos;
    private final OptionalLong generationNanos;
    private final OptionalLong timePerOutputTokenNanos;
    private final long outputTokens;
    private final InterTokenHistogram interToken;
    private final List<Phase> phases;

    private Timing(Builder builder) {
        this.durationNanos = builder.durationNanos;
        this.timeToFirstChunkNanos = known(builder.timeToFirstChunkNanos, OptionalLong.empty());
        this.timeToFirstTokenNanos = known(builder.timeToFirstTokenNanos, timeToFirstChunkNanos);
        this.timeToFirstOutputNanos = known(builder.timeToFirstOutputNanos, timeToFirstTokenNanos);
        this.generationNanos = known(builder.generationNanos, OptionalLong.empty());
        this.timePerOutputTokenNanos = timePerOutputToken(builder.generationNanos, builder.outputTokens - 1);
        this.outputTokens = builder.outputTokens;
        this.interToken = builder.interToken;
        this.phases = List.copyOf(builder.phases);
    }

    /**
     * Creates a builder for a call that happened elsewhere.
     *
     * @param durationNanos start → end, in nanoseconds
     * @return a builder
     */
    public static Builder builder(long durationNanos) {
        return new Builder(durationNanos);
    }

    /**
     * Returns the duration: start → end.
     *
     * @return nanoseconds
     */
    public long durationNanos() {
        return durationNanos;
    }

    /**
     * Returns start → first chunk of any kind, which is OpenTelemetry's {@code time_to_first_chunk}.
     *
     * @return nanoseconds, empty when no chunk came
     */
    public OptionalLong timeToFirstChunkNanos() {
        return timeToFirstChunkNanos;
    }

    /**
     * Returns start → first chunk with content (TTFT).
     *
     * @return nanoseconds, empty when no content came
     */
    public OptionalLong timeToFirstTokenNanos() {
        return timeToFirstTokenNanos;
    }

    /**
     * Returns start → first content that is not reasoning.
     *
     * @return nanoseconds, empty when none came
     */
    public OptionalLong timeToFirstOutputNanos() {
        return timeToFirstOutputNanos;
    }

    /**
     * Returns first token → last token.
     *
     * @return nanoseconds, empty when no content came
     */
    public OptionalLong generationNanos() {
        return generationNanos;
    }

    /**
     * Returns generation ÷ (output tokens − 1), known as TPOT, which excludes the time after the last content.
     *
     * @return nanoseconds, rounded half up; empty when fewer than two tokens or no chunks came
     */
    public OptionalLong timePerOutputTokenNanos() {
        return timePerOutputTokenNanos;
    }

    /**
     * Returns (output tokens − 1) ÷ generation.
     *
     * @return tokens per second; empty when fewer than two tokens came, or all of them at once
     */
    public OptionalDouble outputTokensPerSecond() {
        long nanos = generationNanos.orElse(0);
        return nanos <= 0 || outputTokens < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of((outputTokens - 1) * 1e9 / nanos);
    }

    /**
     * Returns the gaps between tokens.
     *
     * @return the histogram; empty when fewer than two content chunks came
     */
    public InterTokenHistogram interToken() {
        return interToken;
    }

    /**
     * Returns the named phases, in the order in which they began.
     *
     * @return an unmodifiable list
     */
    public List<Phase> phases() {
        return phases;
    }

    /** Returns the other if it has the same value, as the first times of most streams have. */
    private static OptionalLong known(long nanos, OptionalLong other) {
        if (nanos == ABSENT) {
            return OptionalLong.empty();
        }
        return other.isPresent() && other.getAsLong() == nanos ? other : OptionalLong.of(nanos);
    }

    private static OptionalLong timePerOutputToken(long generationNanos, long gaps) {
        return generationNanos == ABSENT || gaps < 1
                ? OptionalLong.empty()
                : OptionalLong.of((generationNanos + gaps / 2) / gaps);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Timing that
                && durationNanos == that.durationNanos
                && timeToFirstChunkNanos.equals(that.timeToFirstChunkNanos)
                && timeToFirstTokenNanos.equals(that.timeToFirstTokenNanos)
                && timeToFirstOutputNanos.equals(that.timeToFirstOutputNanos)
                && generationNanos.equals(that.generationNanos)
                && outputTokens == that.outputTokens
                && interToken.equals(that.interToken)
                && phases.equals(that.phases);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(durationNanos * 31 + timeToFirstTokenNanos.orElse(ABSENT));
    }

    @Override
    public String toString() {
        return "Timing[durationNanos=" + durationNanos + ", timeToFirstTokenNanos=" + timeToFirstTokenNanos()
                + ", timePerOutputTokenNanos=" + timePerOutputTokenNanos() + "]";
    }

    /** Builds a {@link Timing}; figures that are not set are absent. Not thread-safe. */
    public static final class Builder {

        private final long durationNanos;
        private long timeToFirstChunkNanos = ABSENT;
        private long timeToFirstTokenNanos = ABSENT;
        private long timeToFirstOutputNanos = ABSENT;
        private long generationNanos = ABSENT;
        private long outputTokens = ABSENT;
        private InterTokenHistogram interToken = InterTokenHistogram.empty();
        private List<Phase> phases = List.of();

        private Builder(long durationNanos) {
            this.durationNanos = durationNanos;
        }

        /**
         * Sets start → first chunk.
         *
         * @param nanos nanoseconds, ≥ 0
         * @return this builder
         */
        public Builder timeToFirstChunkNanos(long nanos) {
            this.timeToFirstChunkNanos = nanos;
            return this;
        }

        /**
         * Sets start → first token.
         *
         * @param nanos nanoseconds, ≥ 0
         * @return this builder
         */
        public Builder timeToFirstTokenNanos(long nanos) {
            this.timeToFirstTokenNanos = nanos;
            return this;
        }

        /**
         * Sets start → first output.
         *
         * @param nanos nanoseconds, ≥ 0
         * @return this builder
         */
        public Builder timeToFirstOutputNanos(long nanos) {
            this.timeToFirstOutputNanos = nanos;
            return this;
        }

        /**
         * Sets first token → last token, and the tokens that were generated meanwhile.
         *
         * @param nanos nanoseconds, ≥ 0
         * @param outputTokens all output tokens, the first included; negative when unknown
         * @return this builder
         */
        public Builder generation(long nanos, long outputTokens) {
            this.generationNanos = nanos;
            this.outputTokens = outputTokens;
            return this;
        }

        /**
         * Sets the gaps between tokens.
         *
         * @param interToken the histogram
         * @return this builder
         */
        public Builder interToken(InterTokenHistogram interToken) {
            this.interToken = interToken;
            return this;
        }

        /**
         * Sets the phases.
         *
         * @param phases in the order in which they began
         * @return this builder
         */
        public Builder phases(List<Phase> phases) {
            this.phases = phases;
            return this;
        }

        /**
         * Creates the timing.
         *
         * @return the timing so far
         */
        public Timing build() {
            return new Timing(this);
        }
    }

    /**
     * A named phase of a call, such as {@code queue} or {@code retrieval}.
     *
     * @param name the phase's name
     * @param offsetNanos nanoseconds from the start of the call to the start of the phase
     * @param durationNanos how long the phase took, in nanoseconds
     * @param depth 0 for a phase of the call itself, 1 for a phase inside it, and so on
     */
    public record Phase(String name, long offsetNanos, long durationNanos, int depth) {}
}
