package dev.llmops.quality.drift;

import dev.llmops.core.RecordListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.telemetry.Telemetry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the features of calls and compares each window with a {@link ReferenceProfile}.
 *
 * <pre>{@code
 * DriftMonitor drift = DriftMonitor.builder(ReferenceProfile.read(file))
 *     .onChange(report -> log.warn("drift {}", report))
 *     .build();
 * LlmOps llmops = LlmOps.builder().listener(drift).build();
 * scheduler.scheduleAtFixedRate(drift::check, 1, 1, TimeUnit.HOURS);
 * }</pre>
 *
 * <p>A window lasts from one {@link #check} to the next. Only calls of the reference's version set count, unless
 * {@link Builder#anyVersionSet} says otherwise, and never calls with a purpose of their own, such as a judge's.
 * Thread-safe. Calls are counted off their threads, which so read no feature, and before a window is taken.
 *
 * @since 0.1.0
 */
public final class DriftMonitor extends RecordListener {

    private static final int MAX_VERSION_SETS = 100;

    private final ReferenceProfile reference;
    private final String profileDigest;
    private final DriftPolicy policy;
    private final Clock clock;
    private final boolean anyVersionSet;
    private final Consumer<DriftReport> onChange;
    private final List<WatchedFeature> watched = new ArrayList<>();
    private final Map<String, EmbeddingCells> embeddings = new HashMap<>();
    private final Set<String> otherVersionSets = ConcurrentHashMap.newKeySet();

    // Guarded by this monitor: what the last check left behind.
    private Instant windowStart;
    private final Map<String, long[]> lastCounts = new HashMap<>();
    private final Map<String, EmbeddingSums> lastSums = new HashMap<>();
    private final AlertStreaks streaks;
    private volatile @Nullable DriftReport latest;

    private record WatchedFeature(Feature feature, FeatureCells cells) {

        void count(CallRecord call) {
            Binning binning = cells.profile().binning();
            cells.add(
                    feature instanceof Feature.Numeric numeric
                            ? ((NumericBins) binning).bin(numeric.value().applyAsDouble(call))
                            : ((CategoryBins) binning)
                                    .bin(((Feature.Category) feature).value().apply(call)));
        }
    }

    private DriftMonitor(Builder builder) {
        this.reference = builder.reference;
        this.profileDigest = reference.digest();
        this.policy = builder.policy;
        this.clock = builder.clock;
        this.anyVersionSet = builder.anyVersionSet;
        this.onChange = builder.onChange;
        this.windowStart = clock.instant();
        this.streaks = new AlertStreaks(policy.consecutiveWindows());
        for (Feature feature : builder.features) {
            reference
                    .feature(feature.name())
                    .ifPresent(profile -> watched.add(new WatchedFeature(feature, new FeatureCells(profile))));
        }
        reference.embeddings().forEach(e -> embeddings.put(e.name(), new EmbeddingCells(e.projection())));
    }

    /**
     * Starts a configuration.
     *
     * @param reference the reference
     * @return a builder that watches {@link Feature#standard}
     */
    public static Builder builder(ReferenceProfile reference) {
        return new Builder(reference);
    }

    @Override
    protected void recorded(CallRecord record) {
        add(record);
    }

    /**
     * Counts a call.
     *
     * @param record the call
     */
    public void add(CallRecord record) {
        if (record.info().purpose() != null) {
            return;
        }
        String versionSet = record.info().versionSet().id();
        if (!anyVersionSet && !versionSet.equals(reference.versionSet())) {
            if (otherVersionSets.size() < MAX_VERSION_SETS) {
                otherVersionSets.add(versionSet);
            } else if (!otherVersionSets.contains(versionSet)) {
                telemetry().count(Telemetry.Kind.DROPPED, "drift_version_sets");
            }
            return;
        }
        for (WatchedFeature feature : watched) {
            feature.count(record);
        }
    }

    /**
     * Counts an embedding. Takes time in proportion to its length, about 0.1 ms for 1,000 dimensions.
     *
     * @param name the name of the embedding
     * @param embedding the embedding
     * @return false if the reference has no such embedding, the length differs or a component is not finite, which is counted as
     *     dropped
     */
    public boolean addEmbedding(String name, float[] embedding) {
        EmbeddingCells cells = embeddings.get(name);
        if (cells == null || cells.dimensions() != embedding.length || !RandomFeatures.isWhole(embedding)) {
            telemetry().count(Telemetry.Kind.DROPPED, "drift_embedding");
            return false;
        }
        cells.add(embedding);
        return true;
    }

    /**
     * Ends the window, compares it with the reference and starts the next. Tells the listener when the verdict or the
     * alerts have changed.
     *
     * @return the comparison
     */
    public DriftReport check() {
        return judge(takeWindow());
    }

    /**
     * Ends the window and starts the next, without a comparison: for a fleet, in which one instance adds up the windows of
     * all and judges them.
     *
     * @return the counts of the window
     */
    public DriftWindow takeWindow() {
        settle();
        return countedWindow();
    }

    private synchronized DriftWindow countedWindow() {
        Instant start = windowStart;
        windowStart = clock.instant();
        Map<String, long[]> counts = new HashMap<>();
        watched.forEach(feature -> counts.put(feature.cells().profile().name(), countsOfWindow(feature.cells())));
        Map<String, EmbeddingSums> sums = new HashMap<>();
        embeddings.keySet().forEach(name -> sums.put(name, sumsOfWindow(name)));
        return new DriftWindow(start, windowStart, profileDigest, counts, sums, takeOtherVersionSets());
    }

    /**
     * Compares a window with the reference. Tells the listener when the verdict or the alerts have changed.
     *
     * @param window the window, of this instance or added up over several
     * @return the comparison
     * @throws IllegalArgumentException if the window counts the bins of another profile
     */
    public synchronized DriftReport judge(DriftWindow window) {
        if (!window.profileDigest().equals(profileDigest)) {
            throw new IllegalArgumentException("window must count the bins of profile " + profileDigest
                    + ", but counts those of " + window.profileDigest() + "; give all instances the same profile");
        }
        int[] hours = HourOfWeek.in(window.from(), window.to(), reference.zone());
        DriftDetector detector = new DriftDetector(policy);
        for (FeatureProfile profile : profiles()) {
            long[] counts = window.counts().get(profile.name());
            if (counts != null) {
                detector.add(profile, profile.counts(hours), counts);
            }
        }
        for (EmbeddingProfile profile : reference.embeddings()) {
            EmbeddingSums sums = window.embeddings().get(profile.name());
            if (sums != null) {
                detector.add(profile, sums);
            }
        }
        List<DriftFinding> findings = detector.findings();
        DriftReport report = new DriftReport(
                window.from(),
                window.to(),
                reference.versionSet(),
                profileDigest,
                window.otherVersionSets(),
                findings,
                DriftReport.verdict(findings),
                streaks.after(findings));
        publish(report);
        return report;
    }

    private long[] countsOfWindow(FeatureCells cells) {
        long[] counts = cells.read();
        long[] last = lastCounts.put(cells.profile().name(), counts);
        long[] window = counts.clone();
        for (int i = 0; last != null && i < window.length; i++) {
            window[i] -= last[i];
        }
        return window;
    }

    private EmbeddingSums sumsOfWindow(String embedding) {
        EmbeddingSums sums = Objects.requireNonNull(embeddings.get(embedding)).snapshot();
        EmbeddingSums last = lastSums.put(embedding, sums);
        return last == null ? sums : sums.minus(last);
    }

    private Set<String> takeOtherVersionSets() {
        Set<String> taken = new TreeSet<>(otherVersionSets);
        otherVersionSets.removeAll(taken);
        return taken;
    }

    private void publish(DriftReport report) {
        DriftReport before = latest;
        latest = report;
        boolean changed = before == null
                ? report.verdict() == DriftFinding.Verdict.DRIFT
                : before.verdict() != report.verdict() || !before.alerts().equals(report.alerts());
        if (!changed) {
            return;
        }
        try {
            onChange.accept(report);
        } catch (RuntimeException e) {
            telemetry().failure("drift_listener", e, "fix the listener; drift is still checked");
        }
    }

    /** The profiles of the watched features. */
    List<FeatureProfile> profiles() {
        return watched.stream().map(feature -> feature.cells().profile()).toList();
    }

    /**
     * Returns the latest comparison.
     *
     * @return the report of the last window, or null before the first check
     */
    public @Nullable DriftReport latest() {
        return latest;
    }

    /** Collects the configuration of a {@link DriftMonitor}. Not thread-safe. */
    public static final class Builder {

        private final ReferenceProfile reference;
        private List<Feature> features = Feature.standard();
        private DriftPolicy policy = DriftPolicy.standard();
        private Clock clock = Clock.systemUTC();
        private boolean anyVersionSet;
        private Consumer<DriftReport> onChange = report -> {};

        private Builder(ReferenceProfile reference) {
            this.reference = reference;
        }

        /**
         * Sets the features; {@link Feature#standard} by default. Those that the reference lacks are not watched.
         *
         * @param features the features
         * @return this builder
         */
        public Builder features(List<Feature> features) {
            this.features = List.copyOf(features);
            return this;
        }

        /**
         * Sets the rule; {@link DriftPolicy#standard} by default.
         *
         * @param policy the rule
         * @return this builder
         */
        public Builder policy(DriftPolicy policy) {
            this.policy = policy;
            return this;
        }

        /**
         * Sets the clock that dates the windows; the system's by default.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Sets if calls of all version sets count; false by default.
         *
         * @param any true to count all
         * @return this builder
         */
        public Builder anyVersionSet(boolean any) {
            this.anyVersionSet = any;
            return this;
        }

        /**
         * Sets who is told when the verdict or the alerts change.
         *
         * @param listener called by the thread that checks
         * @return this builder
         */
        public Builder onChange(Consumer<DriftReport> listener) {
            this.onChange = listener;
            return this;
        }

        /**
         * Makes the monitor, whose first window starts now.
         *
         * @return the monitor
         */
        public DriftMonitor build() {
            return new DriftMonitor(this);
        }
    }
}
