package dev.llmops.core;

import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.version.VersionSet;
import dev.llmops.core.version.VersionSources;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds an {@link LlmOps}. Not thread-safe.
 *
 * @see LlmOps#builder
 * @since 0.1.0
 */
public final class LlmOpsBuilder {

    final List<LlmListener> listeners = new ArrayList<>();
    final List<CallEnricher> enrichers = new ArrayList<>();
    Ticker ticker = Ticker.system();
    Clock clock = Clock.systemUTC();
    Telemetry telemetry = new Telemetry();
    ErrorClassifier errorClassifier = ErrorClassifier.standard();
    VersionSet versionSet = VersionSet.empty();
    boolean detectVersions = true;
    Duration abandonAfter = LlmOps.DEFAULT_ABANDON_AFTER;
    Duration recentCallsMaxAge = LlmOps.DEFAULT_RECENT_CALLS_MAX_AGE;
    int recentCalls = LlmOps.DEFAULT_RECENT_CALLS;
    ContentPolicy contentPolicy = ContentPolicy.ofDefaults();

    LlmOpsBuilder() {}

    /**
     * Adds a listener; listeners run in the order in which they were added.
     *
     * @param listener sees every call
     * @return this builder
     */
    public LlmOpsBuilder listener(LlmListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Adds an enricher; enrichers run in the order in which they were added.
     *
     * @param enricher adds to every record
     * @return this builder
     */
    public LlmOpsBuilder enricher(CallEnricher enricher) {
        enrichers.add(enricher);
        return this;
    }

    /**
     * Sets the versions of calls that set none; empty by default. Parts that are missing here come from
     * {@link VersionSources}.
     *
     * @param versionSet the versions
     * @return this builder
     */
    public LlmOpsBuilder versionSet(VersionSet versionSet) {
        this.versionSet = versionSet;
        return this;
    }

    /**
     * Sets whether missing parts of the version set are detected by {@link VersionSources}; default true.
     *
     * @param detectVersions false to use {@link #versionSet} as it is
     * @return this builder
     */
    public LlmOpsBuilder detectVersions(boolean detectVersions) {
        this.detectVersions = detectVersions;
        return this;
    }

    /**
     * Sets which private data is kept and shown; {@link ContentPolicy#ofDefaults()} by default.
     *
     * @param contentPolicy the policy of all views
     * @return this builder
     */
    public LlmOpsBuilder contentPolicy(ContentPolicy contentPolicy) {
        this.contentPolicy = contentPolicy;
        return this;
    }

    /**
     * Sets the classifier that is asked before those of integrations and the {@linkplain ErrorClassifier#standard() standard} one; it returns null for exceptions that it does not know. Default: none.
     *
     * @param errorClassifier the classifier
     * @return this builder
     */
    public LlmOpsBuilder errorClassifier(ErrorClassifier errorClassifier) {
        this.errorClassifier = errorClassifier;
        return this;
    }

    /**
     * Sets the time after which an open call is abandoned; {@link LlmOps#DEFAULT_ABANDON_AFTER} by default.
     *
     * @param age at least one millisecond
     * @return this builder
     */
    public LlmOpsBuilder abandonAfter(Duration age) {
        this.abandonAfter = age;
        return this;
    }

    /**
     * Sets how many ended calls later events can be joined to, and for how long.
     *
     * @param calls how many, up to 10,000,000, {@value LlmOps#DEFAULT_RECENT_CALLS} by default; 0 for none
     * @param maxAge how long, {@link LlmOps#DEFAULT_RECENT_CALLS_MAX_AGE} by default
     * @return this builder
     */
    public LlmOpsBuilder recentCalls(int calls, Duration maxAge) {
        this.recentCalls = calls;
        this.recentCallsMaxAge = maxAge;
        return this;
    }

    /**
     * Sets the source of elapsed times; the virtual machine's by default.
     *
     * @param ticker a monotonic clock
     * @return this builder
     */
    public LlmOpsBuilder ticker(Ticker ticker) {
        this.ticker = ticker;
        return this;
    }

    /**
     * Sets the source of timestamps; the system's by default.
     *
     * @param clock a wall clock
     * @return this builder
     */
    public LlmOpsBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Sets the library's own counters; new ones by default.
     *
     * @param telemetry the counters
     * @return this builder
     */
    public LlmOpsBuilder telemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
        return this;
    }

    /**
     * Creates the configured object and starts its watchdog.
     *
     * @return a new object
     * @throws IllegalArgumentException naming every rule that is broken
     */
    public LlmOps build() {
        List<String> problems = new SettingsCheck(this).problems();
        VersionSet detected = detectVersions ? VersionSources.detect(problems) : VersionSet.empty();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new LlmOps(this, versionSet.orElse(detected));
    }
}
