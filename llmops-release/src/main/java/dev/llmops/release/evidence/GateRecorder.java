package dev.llmops.release.evidence;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.policy.GatePolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Gathers evidence from live calls that {@link Assignment#mark} marked, and from what happens to them later. One recorder per
 * release and process; add up the evidence of a fleet.
 *
 * <p>Keeps the last {@value #DEFAULT_CALLS} marked calls one by one, so that late feedback finds them, and the sums of those
 * before. What comes too late for that, feedback and the halves of shadow pairs, is left out of the evidence with a reason, and
 * counted as dropped by the {@link Telemetry}. A unit's first call is found per process, so a unit whose calls go to k instances has up to k votes; where that
 * matters, read the logs of all instances as one. Thread-safe.
 *
 * @since 0.1.0
 */
public final class GateRecorder implements LlmListener, TelemetryAware {

    /** The default number of calls that are kept one by one: {@value}. */
    public static final int DEFAULT_CALLS = 100_000;

    private static final String LATE = "feedback, evaluation or risk came when it was no longer kept";

    private final String changeId;
    private final GatePolicy policy;
    private final GateProfile profile;
    private final Clock clock;
    private final int capacity;
    private final Set<LiveCall> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private final Map<String, String> voters = new LinkedHashMap<>();
    private final AtomicReference<@Nullable Telemetry> telemetry = new AtomicReference<>();
    private final PairingFold retired;
    private final Set<String> retiredIds = new LinkedHashSet<>();

    /** A call that has ended, with what was said of it. */
    private record Kept(CallFacts call, CallVerdicts verdicts, boolean hasVote) {}

    /** The first token of an open call. */
    private record FirstToken(long nanos) {}

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
     * @param capacity how many calls are kept one by one, ≥ 1; about 500 bytes each
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
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry.set(telemetry);
    }

    @Override
    public void callStarted(LiveCall call) {
        open.add(call);
    }

    @Override
    public void firstToken(LiveCall call, long timeToFirstTokenNanos) {
        call.attach(FirstToken.class, new FirstToken(timeToFirstTokenNanos));
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        open.remove(call);
        if (changeId.equals(record.attributes().get(Assignment.CHANGE))) {
            keep(RecordFacts.of(record));
        }
    }

    private synchronized void keep(CallFacts call) {
        kept.put(call.callId(), new Kept(call, new CallVerdicts(), hasVote(call)));
        if (kept.size() > capacity) {
            retireEldest();
        }
    }

    /** Gives the vote to the call that started first; ids are ordered by start. */
    private boolean hasVote(CallFacts call) {
        String key = voterKey(call);
        String voter = voters.get(key);
        if (voter == null || call.callId().compareTo(voter) < 0) {
            voters.put(key, call.callId());
            Kept later = voter == null ? null : kept.get(voter);
            if (later != null) {
                kept.put(voter, new Kept(later.call(), later.verdicts(), false));
            }
            if (voters.size() > 2 * capacity) {
                voters.remove(voters.keySet().iterator().next());
                dropped("release_units");
            }
            return true;
        }
        return false;
    }

    private void retireEldest() {
        Kept eldest = kept.remove(kept.keySet().iterator().next());
        retired.add(eldest.call(), eldest.verdicts(), eldest.hasVote());
        retiredIds.add(eldest.call().callId());
        if (retiredIds.size() > capacity) {
            retiredIds.remove(retiredIds.iterator().next());
        }
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        CallVerdicts verdicts;
        synchronized (this) {
            String id = event.call().callId().toString();
            Kept call = kept.get(id);
            if (call == null) {
                if (retiredIds.contains(id)) {
                    retired.leaveOut(LATE);
                    dropped("release_late_events");
                }
                return; // Most calls are of no release.
            }
            verdicts = call.verdicts();
            RecordFacts.apply(event, verdicts);
        }
    }

    private void dropped(String where) {
        Telemetry counters = telemetry.get();
        if (counters != null) {
            counters.count(Telemetry.Kind.DROPPED, where);
        }
    }

    /**
     * Returns the evidence so far, calls under way included where they are over a line already.
     *
     * @return the evidence of this process
     */
    public GateEvidence evidence() {
        Instant now = clock.instant();
        PairingFold fold = new PairingFold(new EvidenceFold(policy, profile, now));
        List<CallFacts> underWay = new ArrayList<>();
        for (LiveCall call : open) {
            Assignment assignment = Assignment.of(call);
            if (assignment != null && assignment.changeId().equals(changeId)) {
                FirstToken first = (FirstToken) call.attachment(FirstToken.class);
                underWay.add(RecordFacts.ofOpen(
                        call.info(), assignment, first == null ? Double.NaN : first.nanos() / 1e6, now));
            }
        }
        synchronized (this) {
            underWay.removeIf(call -> kept.containsKey(call.callId()));
            kept.values().forEach(call -> fold.add(call.call(), call.verdicts(), call.hasVote()));
            underWay.forEach(call -> fold.add(call, new CallVerdicts(), isFirst(call)));
            return retired.evidence(changeId).plus(fold.evidence(changeId));
        }
    }

    /** The shadow answers the same unit as the arm that is seen, and has a vote of its own. */
    private static String voterKey(CallFacts call) {
        return (call.arm() == Arm.SHADOW ? "shadow/" : "/") + call.stage() + '/' + call.unit();
    }

    private boolean isFirst(CallFacts call) {
        String voter = voters.get(voterKey(call));
        return voter == null || call.callId().compareTo(voter) < 0;
    }
}
