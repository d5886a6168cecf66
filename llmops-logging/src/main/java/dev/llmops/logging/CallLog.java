package dev.llmops.logging;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.privacy.ContentPolicyAware;
import dev.llmops.core.privacy.SafeText;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Logs one structured event per call, and one for each thing that happens to a call later.
 *
 * <pre>{@code
 * LlmOps llmops = LlmOps.builder().listener(CallLog.toSlf4j()).build();
 * }</pre>
 *
 * <p>Records follow the JSON Schema that the jar holds at {@value #SCHEMA_RESOURCE}. Calls that did not complete, were
 * refused, risky, slow or expensive, or had a tool that failed, are always logged; of the others a share, if one is set. Add
 * it after listeners that give calls their trace ids, and close it when no more calls end.
 *
 * <p>Thread-safe. A sink that fails is counted under {@code llm.telemetry.failures} and affects no other sink.
 *
 * @since 0.1.0
 */
public final class CallLog implements LlmListener, TelemetryAware, ContentPolicyAware, AutoCloseable {

    /** Resource of the JSON Schema of all records: {@value}. */
    public static final String SCHEMA_RESOURCE = "dev/llmops/logging/llmops-log-1.schema.json";

    /** Default limit of a record's size: {@value} bytes of UTF-8. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 240 * 1024;

    /** Default duration from which a call counts as slow: 10 seconds. */
    public static final Duration DEFAULT_SLOW = Duration.ofSeconds(10);

    /** Default amount from which a call counts as expensive: 1, in its own currency. */
    public static final BigDecimal DEFAULT_EXPENSIVE = BigDecimal.ONE;

    static final String CALL = "llmops.call";

    private final LogSink[] sinks;
    private final boolean tokenAliases;
    private final boolean numericAmounts;
    private final Sampling sampling;
    private final SizeCap cap;
    private volatile Projections projections;
    private volatile Telemetry telemetry = new Telemetry();

    private record Projections(CallProjection calls, EventProjection events) {}

    private CallLog(Builder builder, Sampling sampling) {
        this.sinks = builder.sinks.toArray(LogSink[]::new);
        this.tokenAliases = builder.tokenAliases;
        this.numericAmounts = builder.numericAmounts;
        this.projections = projections(ContentPolicy.ofDefaults());
        this.sampling = sampling;
        this.cap = new SizeCap(builder.maxRecordBytes, JsonSize.BYTES);
    }

    /**
     * Logs to SLF4J in mode {@link Mode#NESTED}, with every default.
     *
     * @return a listener
     */
    public static CallLog toSlf4j() {
        return toSlf4j(Mode.NESTED);
    }

    /**
     * Logs to SLF4J, with every other default.
     *
     * @param mode how records are handed over
     * @return a listener
     */
    public static CallLog toSlf4j(Mode mode) {
        return builder().sink(Slf4jSink.of(mode)).build();
    }

    /**
     * Logs as one chooses.
     *
     * @return a builder without sinks
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
        for (LogSink sink : sinks) {
            if (sink instanceof TelemetryAware aware) {
                aware.useTelemetry(telemetry);
            }
        }
    }

    @Override
    public void useContentPolicy(ContentPolicy policy) {
        this.projections = projections(policy);
    }

    private Projections projections(ContentPolicy policy) {
        CommonFields common = new CommonFields(policy);
        return new Projections(
                new CallProjection(common, tokenAliases, numericAmounts, policy.showsContent()),
                new EventProjection(common, policy.showsEventTexts()));
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        if (!isAnySinkEnabled(CALL)) {
            return;
        }
        double rate = sampling.rateOf(record);
        if (rate == Sampling.DROPPED) {
            telemetry.count(Telemetry.Kind.DROPPED, "log_sampled_out");
            return;
        }
        write(entry(record, rate));
    }

    private LogEntry entry(CallRecord record, double rate) {
        Instant endedAt = record.endedAt();
        return new LogEntry(CALL, endedAt, message(record), projections.calls.of(record, endedAt, rate));
    }

    @Override
    public void warmUp(CallRecord sample) {
        LogEntry entry = entry(sample, sampling.rateOf(sample)).within(cap);
        for (LogSink sink : sinks) {
            sink.warmUp(entry);
        }
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        if (isAnySinkEnabled(EventProjection.nameOf(event))) {
            write(projections.events.of(event));
        }
    }

    private boolean isAnySinkEnabled(String name) {
        for (LogSink sink : sinks) {
            if (isEnabled(sink, name)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEnabled(LogSink sink, String name) {
        try {
            return sink.isEnabled(name);
        } catch (Throwable e) {
            failed(sink, e);
            return false;
        }
    }

    private void write(LogEntry whole) {
        LogEntry entry = whole.within(cap);
        for (LogSink sink : sinks) {
            try {
                if (sink.isEnabled(entry.name())) {
                    sink.write(entry);
                }
            } catch (Throwable e) {
                failed(sink, e);
            }
        }
    }

    /** Isolates everything but what the virtual machine itself cannot survive. */
    private void failed(LogSink sink, Throwable error) {
        telemetry.failure(
                "CallLog." + sink.getClass().getSimpleName(), error, "fix the sink; the entry is missing there");
        if (error instanceof VirtualMachineError fatal && !(error instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    private static String message(CallRecord record) {
        CallInfo call = record.info();
        StringBuilder message = new StringBuilder(64)
                .append(call.operation().name())
                .append(' ')
                .append(call.provider())
                .append('/')
                .append(call.requestModel())
                .append(' ')
                .append(Words.of(record.outcome()));
        if (record.error() != null) {
            message.append(" (").append(record.error().kind().name()).append(')');
        }
        message.append(' ').append(record.timing().durationNanos() / 1_000_000).append(" ms");
        return SafeText.plain(message.toString());
    }

    /** Closes the sinks. What is logged afterwards fails where a sink needs to be open, and is counted. */
    @Override
    public void close() {
        for (LogSink sink : sinks) {
            try {
                sink.close();
            } catch (Throwable e) {
                failed(sink, e);
            }
        }
    }

    /** Collects the choices. Not thread-safe. */
    public static final class Builder {

        private final List<LogSink> sinks = new ArrayList<>();
        private double sampleRate = 1;
        private Duration slow = DEFAULT_SLOW;
        private BigDecimal expensive = DEFAULT_EXPENSIVE;
        private int maxRecordBytes = DEFAULT_MAX_RECORD_BYTES;
        private boolean tokenAliases;
        private boolean numericAmounts;

        private Builder() {}

        /**
         * Adds a sink; at least one is needed. The log owns it and closes it.
         *
         * @param sink where entries go, in the order in which sinks were added
         * @return this builder
         */
        public Builder sink(LogSink sink) {
            sinks.add(sink);
            return this;
        }

        /**
         * Sets the share of ordinary calls that is logged; 1 by default. It is decided by the trace id, so that all
         * services log the same traces, and written into each record as {@code sample_rate}. What is left out is counted
         * under {@code llm.telemetry.dropped} at {@code log_sampled_out}.
         *
         * @param rate 0 to 1
         * @return this builder
         */
        public Builder sampleRate(double rate) {
            this.sampleRate = rate;
            return this;
        }

        /**
         * Sets from what duration a call is slow, and so always logged; {@link #DEFAULT_SLOW} by default.
         *
         * @param duration positive
         * @return this builder
         */
        public Builder slow(Duration duration) {
            this.slow = duration;
            return this;
        }

        /**
         * Sets from what amount a call is expensive, and so always logged; {@link #DEFAULT_EXPENSIVE} by default.
         *
         * @param amount in the currency of the call's cost, 0 or more
         * @return this builder
         */
        public Builder expensive(BigDecimal amount) {
            this.expensive = amount;
            return this;
        }

        /**
         * Sets how many bytes of UTF-8 a record takes at most; {@value #DEFAULT_MAX_RECORD_BYTES} by default. Over that,
         * texts are cut first, and what identifies and counts never.
         *
         * @param bytes positive
         * @return this builder
         */
        public Builder maxRecordBytes(int bytes) {
            this.maxRecordBytes = bytes;
            return this;
        }

        /**
         * Sets whether records have {@code input_tokens} and {@code output_tokens} besides {@code tokens_in} and {@code
         * tokens_out}; default false.
         *
         * @param aliases true for both
         * @return this builder
         */
        public Builder tokenAliases(boolean aliases) {
            this.tokenAliases = aliases;
            return this;
        }

        /**
         * Says whether amounts of money are JSON numbers; default false, which is exact decimal text, since most readers
         * of JSON take numbers for binary fractions.
         *
         * @param numeric true for numbers
         * @return this builder
         */
        public Builder numericAmounts(boolean numeric) {
            this.numericAmounts = numeric;
            return this;
        }

        /**
         * Makes the listener.
         *
         * @return a new listener
         * @throws IllegalArgumentException naming every rule that is broken
         */
        public CallLog build() {
            List<String> problems = new ArrayList<>();
            if (sinks.isEmpty()) {
                problems.add("sink is missing (none) — a log needs at least one — add Slf4jSink.of(Mode.NESTED)");
            }
            if (!(sampleRate >= 0 && sampleRate <= 1)) {
                problems.add(
                        "sampleRate is out of range (" + sampleRate + ") — a share from 0 to 1 — pass for example 0.1");
            }
            if (slow.isNegative() || slow.isZero()) {
                problems.add("slow is not positive (" + slow
                        + ") — any duration above zero — leave it out to keep no call for its time");
            }
            if (expensive.signum() < 0) {
                problems.add("expensive is negative (" + expensive
                        + ") — an amount of 0 or more — pass the amount from which all calls are kept");
            }
            if (maxRecordBytes < 1) {
                problems.add("maxRecordBytes is not positive (" + maxRecordBytes
                        + ") — at least 1 — pass what the back end accepts");
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            long slowNanos = slow.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? slow.toNanos() : Long.MAX_VALUE;
            return new CallLog(this, new Sampling(sampleRate, slowNanos, expensive));
        }
    }

    /**
     * The form in which a record is handed to SLF4J. All modes log the same record; they differ in which back ends keep it whole.
     */
    public enum Mode {

        /**
         * The whole record is the one key-value pair {@code llmops}: an object where the back end knows objects, JSON text
         * elsewhere. The message is a short text for people. The default.
         */
        NESTED,

        /**
         * Each field is a key-value pair of its own, such as {@code llmops.latency_ms.total}; for typed OpenTelemetry
         * attributes and GELF fields. Texts lose their control characters, since some back ends print pairs unescaped.
         */
        FLAT,

        /**
         * The record is the message, as JSON; for back ends that drop key-value pairs or print them into the message, such as
         * Elastic's encoder, plain patterns, slf4j-simple and java.util.logging.
         */
        MESSAGE_JSON
    }
}
