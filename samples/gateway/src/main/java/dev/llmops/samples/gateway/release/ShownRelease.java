package dev.llmops.samples.gateway.release;

import dev.llmops.release.GateDecision;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.report.live.LiveState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A release as it is shown to people, in JSON and on the page. */
final class ShownRelease {

    /** The state that a release shows in place of the last verdict once it has ended or waits for a person. */
    private static final Map<SwitchState.Status, GateDecision.Verdict> VERDICTS = Map.of(
            SwitchState.Status.PAUSED, GateDecision.Verdict.PAUSE,
            SwitchState.Status.ROLLED_BACK, GateDecision.Verdict.ROLL_BACK,
            SwitchState.Status.STOPPED, GateDecision.Verdict.STOP,
            SwitchState.Status.COMPLETED, GateDecision.Verdict.PROMOTE);

    private ShownRelease() {}

    /** A verdict and the sentence behind it. */
    record Verdict(GateDecision.Verdict verdict, String reason) {}

    /** Returns the verdict in force: that of the gate, or of what was done since. */
    static Verdict verdict(Release.Judged judged, SwitchState state, List<SwitchEvent> events) {
        GateDecision decision = judged.decision();
        GateDecision.Verdict byState = VERDICTS.getOrDefault(state.status(), decision.verdict());
        boolean isJudged = byState == decision.verdict() || decision.verdict().compareTo(byState) < 0;
        String reason = isJudged ? decision.reason() : lastReason(events);
        return new Verdict(
                isJudged ? decision.verdict() : byState,
                judged.awaitsPerson() ? reason + "; past half of the traffic a person decides" : reason);
    }

    private static String lastReason(List<SwitchEvent> events) {
        return events.stream()
                .filter(event -> event.action() != SwitchEvent.Action.PIN)
                .reduce((first, last) -> last)
                .map(event -> event.action().label() + " by " + event.actor().name() + ": " + event.reason())
                .orElse("");
    }

    /** Returns the release for the page; empty until it was judged for the first time. */
    static Optional<LiveState.Release> of(Release release) {
        return release.judged().map(judged -> {
            SwitchState state = release.state();
            List<SwitchEvent> events = release.events();
            Verdict verdict = verdict(judged, state, events);
            Map<Arm, Long> calls = new EnumMap<>(Arm.class);
            for (Arm arm : Arm.values()) {
                calls.put(arm, release.calls(arm));
            }
            return new LiveState.Release(
                    release.policy,
                    judged.decision(),
                    verdict.verdict(),
                    verdict.reason(),
                    state,
                    events,
                    calls,
                    PackEndpoint.link(release.id()));
        });
    }
}
