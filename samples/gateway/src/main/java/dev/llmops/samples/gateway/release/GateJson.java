package dev.llmops.samples.gateway.release;

import dev.llmops.release.GateDecision;
import dev.llmops.release.GatePlan;
import dev.llmops.release.LineResult;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes releases and plans as JSON. Numbers that are not finite are null. */
final class GateJson {

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
        ShownRelease.Verdict verdict = ShownRelease.verdict(judged, state, events);
        json.put("verdict", verdict.verdict().name()).put("reason", verdict.reason());
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
