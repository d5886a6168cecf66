package dev.llmops.release.arm;

import dev.llmops.core.Ticker;
import dev.llmops.core.version.VersionSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Assigns units of traffic to the arms of a release, sticky and without any state per unit, and changes the shares.
 *
 * <pre>{@code
 * VersionSwitch release = VersionSwitch.builder("support-v13", baseline, candidate).build();
 * release.controls().start(Exposure.of("1%", .01), Actor.person("ada"), "new prompt");
 * Assignment assignment = release.assign(conversationId);
 * try (LlmCall call = assignment.mark(llmops.call(CHAT, "openai", model).versionSet(assignment.versionSet()).start())) {
 *   …
 * }
 * }</pre>
 *
 * <p>The state lives in a {@link SwitchStore}; every instance reads it once a second. While the store is away the last state
 * holds; once it is older than the limit, the baseline answers everything.
 *
 * <p>Thread-safe. {@link #assign} takes no lock and makes no input or output.
 *
 * @since 0.1.0
 */
public final class VersionSwitch implements AutoCloseable {

    /** The default interval at which the store is read. */
    public static final Duration DEFAULT_REFRESH = Duration.ofSeconds(1);

    /** The default age of a state after which the baseline answers everything. */
    public static final Duration DEFAULT_STALE_AFTER = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(VersionSwitch.class);

    private final String changeId;
    private final VersionSet baseline;
    private final VersionSet candidate;
    private final SwitchStore store;
    private final Ticker ticker;
    private final long staleAfterNanos;
    private final ScheduledExecutorService refresher;
    private final SwitchControls controls;
    private volatile @Nullable SwitchState state;
    private volatile long readNanos;
    private volatile boolean isStoreAway;

    private VersionSwitch(Builder builder) {
        this.changeId = builder.changeId;
        this.baseline = builder.baseline;
        this.candidate = builder.candidate;
        this.store = builder.store;
        this.ticker = builder.ticker;
        this.staleAfterNanos = builder.staleAfter.toNanos();
        this.readNanos = ticker.nanos();
        this.refresher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "llmops-version-switch");
            thread.setDaemon(true);
            return thread;
        });
        this.controls = new SwitchControls(changeId, store, builder.clock, this::refresh);
        refresh();
        long pause = builder.refresh.toNanos();
        var unused = refresher.scheduleWithFixedDelay(this::refresh, pause, pause, TimeUnit.NANOSECONDS);
    }

    /**
     * Starts a configuration.
     *
     * @param changeId the release; a new one for every attempt, since it decides which units are first
     * @param baseline the version set in use
     * @param candidate the version set under release
     * @return a builder with a store in memory
     */
    public static Builder builder(String changeId, VersionSet baseline, VersionSet candidate) {
        return new Builder(changeId, baseline, candidate);
    }

    /**
     * Assigns a unit.
     *
     * @param unitId the unit's id
     * @return the assignment, equal on all instances with the same state
     */
    public Assignment assign(String unitId) {
        SwitchState known = state;
        long hash = UnitHash.of(changeId, unitId);
        if (known == null || ticker.nanos() - readNanos > staleAfterNanos) {
            return assignment(Exposure.NONE.stage(), Arm.BASELINE, hash, false, false, false);
        }
        boolean refused = known.refusedUnits().contains(hash);
        String stage = known.exposure().stage();
        if (known.status() == SwitchState.Status.COMPLETED) {
            return assignment(stage, Arm.CANDIDATE, hash, false, false, refused);
        }
        if (known.status().isFinal() || refused) {
            return assignment(stage, Arm.BASELINE, hash, false, false, refused);
        }
        if (known.allowedUnits().contains(hash)) {
            return assignment(stage, Arm.CANDIDATE, hash, false, false, false);
        }
        double position = UnitHash.position(hash);
        boolean mirrored = position < known.exposure().mirrorRatio();
        return assignment(stage, known.exposure().armAt(position), hash, true, mirrored, false);
    }

    private Assignment assignment(
            String stage, Arm arm, long hash, boolean counted, boolean mirrored, boolean refused) {
        VersionSet versions = arm.isCandidateVersion() ? candidate : baseline;
        return new Assignment(changeId, stage, arm, hash, counted, mirrored, refused, versions);
    }

    /**
     * Returns the version set under release, as a mirrored call needs it.
     *
     * @return the candidate's version set
     */
    public VersionSet candidate() {
        return candidate;
    }

    /**
     * Returns the state as last read.
     *
     * @return the state, empty before the start
     */
    public Optional<SwitchState> state() {
        return Optional.ofNullable(state);
    }

    /**
     * Returns all changes so far.
     *
     * @return the events in the order of their revisions
     * @throws SwitchStoreException if the store cannot be reached
     */
    public List<SwitchEvent> events() {
        return store.events(changeId);
    }

    /** Reads the state now, rather than at the next turn. Never throws; a store that is away is logged once. */
    public void refresh() {
        try {
            state = store.read(changeId).orElse(null);
            readNanos = ticker.nanos();
            isStoreAway = false;
        } catch (RuntimeException e) {
            if (!isStoreAway) {
                LOG.warn(
                        "the switch of release {} cannot read its state; the last one holds for now: {}",
                        changeId,
                        e,
                        e);
            }
            isStoreAway = true;
        }
    }

    /**
     * Returns what changes the switch.
     *
     * @return the controls
     */
    public SwitchControls controls() {
        return controls;
    }

    /** Stops reading the store; the store stays open. */
    @Override
    public void close() {
        refresher.shutdownNow();
    }

    /** Collects a configuration. Not thread-safe. */
    public static final class Builder {

        private final String changeId;
        private final VersionSet baseline;
        private final VersionSet candidate;
        private SwitchStore store = SwitchStore.inMemory();
        private Clock clock = Clock.systemUTC();
        private Ticker ticker = Ticker.system();
        private Duration refresh = DEFAULT_REFRESH;
        private Duration staleAfter = DEFAULT_STALE_AFTER;

        private Builder(String changeId, VersionSet baseline, VersionSet candidate) {
            this.changeId = changeId;
            this.baseline = baseline;
            this.candidate = candidate;
        }

        /**
         * Sets where the state lives; in memory by default.
         *
         * @param store a store, which the caller closes
         * @return this builder
         */
        public Builder store(SwitchStore store) {
            this.store = store;
            return this;
        }

        /**
         * Sets how often the store is read; {@link #DEFAULT_REFRESH} by default.
         *
         * @param refresh at least a millisecond
         * @return this builder
         */
        public Builder refreshEvery(Duration refresh) {
            this.refresh = refresh;
            return this;
        }

        /**
         * Sets how old a state may get before the baseline answers everything; {@link #DEFAULT_STALE_AFTER} by default.
         *
         * @param staleAfter more than the refresh
         * @return this builder
         */
        public Builder staleAfter(Duration staleAfter) {
            this.staleAfter = staleAfter;
            return this;
        }

        /**
         * Sets the source of timestamps; the system's by default.
         *
         * @param clock a wall clock
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
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
         * Makes the switch and reads its state.
         *
         * @return a switch that reads its store until it is closed
         * @throws IllegalArgumentException naming every rule that is broken
         */
        public VersionSwitch build() {
            StringBuilder problems = new StringBuilder();
            if (changeId.isBlank() || changeId.length() > 200) {
                problems.append("changeId is blank or too long ('")
                        .append(changeId)
                        .append("') — 1 to 200 characters — pass the name of the change\n");
            }
            if (refresh.toMillis() < 1) {
                problems.append("refreshEvery is too short (")
                        .append(refresh)
                        .append(") — at least PT0.001S — pass for example PT2S\n");
            }
            if (staleAfter.compareTo(refresh) <= 0) {
                problems.append("staleAfter is too short (")
                        .append(staleAfter)
                        .append(") — more than refreshEvery (")
                        .append(refresh)
                        .append(") — pass several times as much\n");
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(problems.toString().strip());
            }
            return new VersionSwitch(this);
        }
    }
}
