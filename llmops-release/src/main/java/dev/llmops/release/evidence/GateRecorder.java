package dev.llmops.release.evidence;

import dev.llmops.core.LiveCall;
import dev.llmops.core.RecordListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.internal.OpenCalls;
import dev.llmops.release.policy.GatePolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gathers evidence from live calls that {@link Assignment#mark} marked, and from what happens to them later. One recorder per
 * release and process; add up the evidence of a fleet.
 *
 * <p>Keeps the last {@value #DEFAULT_CALLS} marked calls one by one, so that late feedback finds them, and the sums of those
 * before. What comes too late for that, feedback and the halves of shadow pairs, is left out of the evidence with a reason, and
 * counted as dropped by the {@link Telemetry}. A unit's first call is found per process, so a unit whose calls go to k instances has
 * up to k votes; where that matters, read the logs of all instances as one. Thread-safe. Calls are booked off their threads, and
 * before evidence is read.
 *
 * @since 0.1.0
 */
public final class GateRecorder extends RecordListener {

    /** The default number of calls that are kept one by one: {@value}. */
    public static final int DEFAULT_CALLS = 100_000;

    private static final String LATE = "feedback, evaluation or risk came when it was no longer kept";

    private final String changeId;
    private final GatePolicy policy;
    private final GateProfile profile;
    private final Clock clock;
    private final int capacity;
    private final OpenCalls open = new OpenCalls();

    // Guarded by this monitor.
    private final PairingFold retired;
    private final Map<UUID, Known> known = new HashMap<>();
    private final Deque<Known> kept = new ArrayDeque<>();
    private final Deque<Known> forgotten = new ArrayDeque<>();
    private final Map<Vote, Vote> votes = new LinkedHashMap<>();

    /** A call that has ended, with what was said of it; once it is retired, only that there was one. */
    private static final class Known {
        private final UUID id;
        private @Nullable CallFacts call;
        private @Nullable CallVerdicts verdicts;
        private boolean hasVote;

        Known(UUID id, CallFacts call) {
            this.id = id;
            this.call = call;
        }

        CallVerdicts verdicts() {
            return verdicts == null ? CallVerdicts.NONE : verdicts;
        }

        void addTo(PairingFold fold) {
            if (call != null) {
                fold.add(call, verdicts(), hasVote);
            }
        }
    }

    /** The vote of a unit in a stage, and the call that has it. The shadow has a vote of its own. */
    private static final class Vote {
        private final boolean isShadow;
        private final String stage;
        private final String unit;
        private UUID voter;

        Vote(UUID voter, CallFacts call) {
            this.isShadow = call.arm() == Arm.SHADOW;
            this.stage = call.stage();
            this.unit = call.unit();
            this.voter = voter;
        }

        /** Ids are ordered by start. */
        boolean isBefore(Vote other) {
            int high = Long.compareUnsigned(voter.getMostSignificantBits(), other.voter.getMostSignificantBits());
            return high != 0
                    ? high < 0
                    : Long.compareUnsigned(voter.getLeastSignificantBits(), other.voter.getLeastSignificantBits()) < 0;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Vote vote
                    && unit.equals(vote.unit)
                    && stage.equals(vote.stage)
                    && isShadow == vote.isShadow;
        }

        @Override
        public int hashCode() {
            return 31 * unit.hashCode() + stage.hashCode() + Boolean.hashCode(isShadow);
        }
    }

    /**
     * Creates a recorder.
     *
     * @param changeId the release
     * @param policy the release's policy
     * @param profile the thresholds that were fixed before it
     */
    public GateRecorder(String changeId, GatePolicy policy, GateProfile profile) {
        this(changeId, policy, profile, Clock.systemUTC(), DEFAULT_CALLS);
    }

    /**
     * Creates a recorder.
     *
     * @param changeId the release
     * @param policy the release's policy
     * @param profile the thresholds that were fixed before it
     * @param clock the wall clock that stamps the calls
     * @param capacity how many calls are kept one by one, ≥ 1; about 400 bytes each
     */
    public GateRecorder(String changeId, GatePolicy policy, GateProfile profile, Clock clock, int capacity) {
        this.changeId = changeId;
        this.policy = policy;
        this.profile = profile;
        this.clock = clock;
        this.capacity = capacity;
        this.retired = PairingFold.ofRetired(EvidenceFold.ofRetired(policy, profile), () -> dropped("release_pairs"));
    }

    @Override
    public void callStarted(LiveCall call) {
        open.add(call);
    }

    @Override
    public void firstToken(LiveCall call, long timeToFirstTokenNanos) {
        open.firstToken(call, timeToFirstTokenNanos);
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        super.callEnded(call, record);
        open.remove(call); // Last, so that a reader finds the call in one place at least.
    }

    @Override
    protected synchronized void recorded(CallRecord record) {
        if (changeId.equals(record.attributes().get(Assignment.CHANGE))) {
            keep(record.info().callId(), RecordFacts.of(record));
        }
    }

    private void keep(UUID id, CallFacts facts) {
        Known call = new Known(id, facts);
        call.hasVote = takesVote(new Vote(id, facts));
        known.put(id, call);
        kept.add(call);
        if (kept.size() > capacity) {
            retire(kept.remove());
        }
    }

    /** Gives the vote to the call that started first. */
    private boolean takesVote(Vote vote) {
        Vote earlier = votes.putIfAbsent(vote, vote);
        if (earlier == null) {
            if (votes.size() > 2 * capacity) {
                votes.remove(votes.keySet().iterator().next());
                dropped("release_units");
            }
            return true;
        }
        if (!vote.isBefore(earlier)) {
            return false;
        }
        Known later = known.get(earlier.voter);
        if (later != null) {
            later.hasVote = false;
        }
        earlier.voter = vote.voter;
        return true;
    }

    private void retire(Known eldest) {
        eldest.addTo(retired);
        eldest.call = null;
        eldest.verdicts = null;
        forgotten.add(eldest);
        if (forgotten.size() > capacity) {
            known.remove(forgotten.remove().id);
        }
    }

    @Override
    protected synchronized void recorded(LlmEvent event) {
        Known call = known.get(event.call().callId());
        if (call == null) {
            return; // Most calls are of no release.
        }
        if (call.call == null) {
            retired.leaveOut(LATE);
            dropped("release_late_events");
            return;
        }
        call.verdicts = call.verdicts == null ? new CallVerdicts() : call.verdicts;
        RecordFacts.apply(event, call.verdicts);
    }

    private void dropped(String where) {
        telemetry().count(Telemetry.Kind.DROPPED, where);
    }

    /**
     * Returns the evidence so far, calls under way included where they are over a line already.
     *
     * @return the evidence of this process
     */
    public GateEvidence evidence() {
        Instant now = clock.instant();
        PairingFold fold = new PairingFold(new EvidenceFold(policy, profile, now));
        Map<UUID, CallFacts> underWay = new HashMap<>();
        open.forEach((call, firstTokenNanos) -> {
            Assignment assignment = Assignment.of(call);
            if (assignment != null && assignment.changeId().equals(changeId)) {
                double firstTokenMillis = firstTokenNanos == OpenCalls.NO_TOKEN ? Double.NaN : firstTokenNanos / 1e6;
                underWay.put(call.info().callId(), RecordFacts.ofOpen(call.info(), assignment, firstTokenMillis, now));
            }
        });
        settle();
        synchronized (this) {
            underWay.keySet().removeAll(known.keySet());
            kept.forEach(call -> call.addTo(fold));
            underWay.forEach((id, call) -> fold.add(call, CallVerdicts.NONE, isFirst(new Vote(id, call))));
            return retired.evidence(changeId).plus(fold.evidence(changeId));
        }
    }

    private boolean isFirst(Vote vote) {
        Vote earlier = votes.get(vote);
        return earlier == null || vote.isBefore(earlier);
    }
}
