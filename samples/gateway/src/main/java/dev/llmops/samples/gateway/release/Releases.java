package dev.llmops.samples.gateway.release;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.version.VersionSet;
import dev.llmops.release.GatePlan;
import dev.llmops.release.arm.Actor;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.evidence.ProfileRecorder;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.report.live.LiveState;
import dev.llmops.samples.gateway.http.ApiError;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The releases of the gateway, one at a time. Between them the baseline is measured, so that a release can be planned
 * before it starts. Thread-safe.
 */
public final class Releases implements AutoCloseable {

    /** The tests of means need as many values of each arm. */
    static final int MIN_UNITS = 100;

    // Those of the models that the mock provider plays; a control arm makes them irrelevant.
    private static final double CACHED_PRICE_RATIO = .5;
    private static final double OUTPUT_PRICE_RATIO = 4;

    private final GatePolicy policy;
    private final Clock clock;
    private final DoubleSupplier sloBudgetRemaining;
    private final ProfileRecorder baseline;
    private volatile @Nullable Release current;

    /**
     * Creates the releases.
     *
     * @param policy of all releases
     * @param measuredUnits the latest units by which the baseline is measured
     * @param sloBudgetRemaining gives the smallest remaining error budget of any objective; NaN if none is known
     */
    public Releases(GatePolicy policy, int measuredUnits, Clock clock, DoubleSupplier sloBudgetRemaining) {
        this.policy = policy;
        this.clock = clock;
        this.sloBudgetRemaining = sloBudgetRemaining;
        baseline = new ProfileRecorder(policy.unit(), measuredUnits);
    }

    /** Returns the listener that gathers the evidence. */
    public LlmListener listener() {
        return new LlmListener() {
            @Override
            public void callStarted(LiveCall call) {
                onCurrent(release -> release.recorder.callStarted(call));
            }

            @Override
            public void firstToken(LiveCall call, long timeToFirstTokenNanos) {
                onCurrent(release -> release.recorder.firstToken(call, timeToFirstTokenNanos));
            }

            @Override
            public void callEnded(LiveCall call, CallRecord record) {
                baseline.callEnded(call, record);
                onCurrent(release -> release.recorder.callEnded(call, record));
            }

            @Override
            public void eventOccurred(LlmEvent event) {
                baseline.eventOccurred(event);
                onCurrent(release -> release.recorder.eventOccurred(event));
            }
        };
    }

    private void onCurrent(Consumer<Release> action) {
        Release release = current;
        if (release != null) {
            action.accept(release);
        }
    }

    /** Returns the arm of a request; empty if no release is under way, or the request has no such unit. */
    public Optional<Assigned> assign(ReleaseUnit unit) {
        Release release = current;
        String id = unit.id(policy.unit());
        if (release == null || id == null) {
            return Optional.empty();
        }
        return Optional.of(release.assign(id));
    }

    /** Returns the number of units by which the baseline has been measured. */
    public int baselineUnits() {
        return baseline.units();
    }

    /** Returns the latest release, under way or ended. */
    Optional<Release> latest() {
        return Optional.ofNullable(current);
    }

    /** Returns the latest release as the page shows it; empty before the first. */
    public Optional<LiveState.Release> live() {
        return latest().flatMap(ShownRelease::of);
    }

    /**
     * Returns the plan of the release under way, or of the one that could start now.
     *
     * @throws ApiError.Refusal if the baseline has not been measured
     */
    ObjectNode planJson() {
        Release release = current;
        GateProfile profile = release == null || release.state().status().isFinal() ? profile() : release.profile;
        return GateJson.plan(GatePlan.of(policy, profile), profile.unitsPerHour());
    }

    private GateProfile profile() {
        if (baseline.units() < MIN_UNITS) {
            throw new ApiError(
                            409,
                            "conflict",
                            "the baseline is measured by " + baseline.units() + " units — at least " + MIN_UNITS
                                    + " are needed before a release — send traffic first",
                            null)
                    .refusal();
        }
        return baseline.profile(policy, CACHED_PRICE_RATIO, OUTPUT_PRICE_RATIO);
    }

    /**
     * Starts a release.
     *
     * @param versions those of the gateway
     * @throws ApiError.Refusal if another release is under way, or the baseline has not been measured
     */
    synchronized Release start(ReleaseRequest asked, Actor actor, VersionSet versions) {
        Release before = current;
        if (before != null && !before.state().status().isFinal()) {
            throw new ApiError(
                            409,
                            "conflict",
                            "release " + before.id() + " is under way — one at a time is allowed — roll it back or"
                                    + " complete it first",
                            "change_id")
                    .refusal();
        }
        if (before != null && before.id().equals(asked.changeId())) {
            throw new ApiError(
                            409,
                            "conflict",
                            "release " + asked.changeId() + " has ended — each release has an id of its own — choose"
                                    + " another",
                            "change_id")
                    .refusal();
        }
        Release release = new Release(asked, policy, profile(), versions, clock);
        release.start(actor, asked.reason());
        current = release;
        if (before != null) {
            before.close();
        }
        return release;
    }

    /** Judges the release under way. */
    public void judge() {
        onCurrent(release -> release.judge(sloBudgetRemaining.getAsDouble()));
    }

    @Override
    public void close() {
        onCurrent(Release::close);
    }
}
