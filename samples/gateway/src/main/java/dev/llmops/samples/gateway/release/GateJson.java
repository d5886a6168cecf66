package dev.llmops.samples.gateway.release;

import dev.llmops.release.GateDecision;
import dev.llmops.release.GatePlan;
import dev.llmops.release.GateVerdict;
import dev.llmops.release.LineResult;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.SwitchAction;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes releases and plans as JSON. Numbers that are not finite are null. */
final class GateJson {

    /** The verdicts that a release shows in place of the last one when it has ended, or waits for a person. */
    private static final Map<SwitchState.Status, GateVerdict> VERDICTS = Map.of(
            SwitchState.Status.PAUSED, GateVerdict.PAUSE,
            SwitchState.Status.ROLLED_BACK, GateVerdict.ROLL_BACK,
            SwitchState.Status.STOPPED, GateVerdict.STOP,
            SwitchState.Status.COMPLETED, GateVerdict.PROMOTE);

    private GateJson() {}

    static ObjectNode release(Release release) {
        Release.Judged judged = release.judged().orElseThrow();
        SwitchState state = release.state();
        List<SwitchEvent> events = release.events();
        GateDecision decision = judged.decision();
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("change_id", decision.changeId())
                .put("stage", decision.stage())
                .put("share", state.exposure().candidateRatio());
        verdict(json, judged, state, events);
        arms(json.putArray("arms"), release);
        ArrayNode lines = json.putArray("lines");
        decision.lines().forEach(line -> line(lines.addObject(), line));
        ArrayNode actions = json.putArray("actions");
        events.forEach(event -> actions.addObject()
                .put("at", event.at().toString())
                .put("action", event.action().label())
                .put("revision", event.revision()));
        return json;
    }

    private static void verdict(ObjectNode json, Release.Judged judged, SwitchState state, List<SwitchEvent> events) {
        GateDecision decision = judged.decision();
        GateVerdict byState = VERDICTS.getOrDefault(state.status(), decision.verdict());
        boolean isJudged = byState == decision.verdict() || decision.verdict().compareTo(byState) < 0;
        String reason = isJudged ? decision.reason() : lastReason(events);
        json.put("verdict", (isJudged ? decision.verdict() : byState).name())
                .put("reason", judged.awaitsPerson() ? reason + "; past half of the traffic a person decides" : reason);
    }

    private static String lastReason(List<SwitchEvent> events) {
        return events.stream()
                .filter(event -> event.action() != SwitchAction.PIN)
                .reduce((first, last) -> last)
                .map(event -> event.action().label() + " by " + event.actor().name() + ": " + event.reason())
                .orElse("");
    }

    private static void arms(ArrayNode arms, Release release) {
        for (Arm arm : List.of(Arm.BASELINE, Arm.CONTROL, Arm.CANDIDATE, Arm.HOLDBACK)) {
            boolean isCompared = arm == Arm.BASELINE || arm == Arm.CANDIDATE;
            if (isCompared || release.calls(arm) > 0) {
                arms.addObject()
                        .put("arm", arm.label())
                        .put(
                                "version_set",
                                (arm.isCandidateVersion() ? release.versions.candidate() : release.baseline).id())
                        .put("calls", release.calls(arm));
            }
        }
    }

    private static void line(ObjectNode json, LineResult line) {
        json.put("line", line.line().label()).put("metric", line.metric());
        put(json, "value", line.value());
        put(json, "control", line.control());
        put(json, "ratio", line.ratio());
        ArrayNode interval = json.putArray("interval");
        for (double bound :
                new double[] {line.interval().lower(), line.interval().upper()}) {
            if (Double.isFinite(bound)) {
                interval.add(bound);
            } else {
                interval.addNull();
            }
        }
        json.put("n", line.n()).put("bad", line.bad());
        put(json, "e", line.e());
        put(json, "limit", line.limit());
        json.put("verdict", line.verdict().name()).put("reason", line.reason());
    }

    /** Writes a plan; {@code requests} counts those of all arms together. */
    static ObjectNode plan(GatePlan plan, double unitsPerHour) {
        ObjectNode json = JsonMapper.shared().createObjectNode().put("can_promote", plan.canPromote());
        ArrayNode entries = json.putArray("entries");
        for (GatePlan.Entry entry : plan.entries()) {
            ObjectNode row = entries.addObject()
                    .put("stage", entry.stage())
                    .put("metric", entry.metric())
                    .put("question", entry.question().name().toLowerCase(Locale.ROOT));
            put(row, "units", Math.ceil(entry.units()));
            put(row, "requests", Math.ceil(entry.hours() * unitsPerHour));
            put(row, "hours", entry.hours());
            row.put("never", entry.isNever());
        }
        return json;
    }

    private static void put(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }
}
