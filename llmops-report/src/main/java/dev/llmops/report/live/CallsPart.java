package dev.llmops.report.live;

import dev.llmops.core.TraceIds;
import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The latest calls with the time of their phases, latest first. */
final class CallsPart {

    private CallsPart() {}

    static Block of(List<Map<String, Object>> records, @Nullable String tracePrefix) {
        List<List<Inline>> rows = new ArrayList<>();
        double longest = 0;
        for (Map<String, Object> each : records) {
            longest = Math.max(longest, new LoggedCall(each).millis("total"));
        }
        double axis = PhaseBar.axisMillis(longest);
        for (int i = records.size() - 1; i >= 0; i--) {
            rows.add(row(new LoggedCall(records.get(i)), axis, tracePrefix));
        }
        if (!rows.isEmpty()) {
            rows.add(
                    0,
                    List.of(
                            Inline.text("scale"),
                            Inline.text(""),
                            Inline.text(""),
                            Inline.number(""),
                            PhaseBar.scale(axis)));
        }
        return new Block.Section(
                "Latest calls",
                "",
                Block.Tone.NEUTRAL,
                List.of(
                        PhaseBar.legend(),
                        new Block.Table(
                                "The last " + records.size() + " calls, latest first",
                                List.of("ended, UTC", "model", "status", "total", "queue, first token, rest"),
                                rows,
                                "No call has ended yet.")));
    }

    private static List<Inline> row(LoggedCall call, double axisMillis, @Nullable String tracePrefix) {
        String time = call.time();
        String traceId = call.text("trace_id");
        return List.of(
                tracePrefix == null || traceId.isEmpty()
                        ? Inline.text(time)
                        : Inline.link(time, tracePrefix + encoded(traceId)),
                Inline.text(call.text("model_id")),
                status(call),
                Inline.number(Numbers.duration(call.millis("total"))),
                PhaseBar.of(call, axisMillis));
    }

    private static Inline status(LoggedCall call) {
        String status = call.text("status");
        return status.equals("success") ? Inline.text(status) : Inline.badge(status, tone(status));
    }

    static Block.Tone tone(String status) {
        return switch (status) {
            case "success" -> Block.Tone.GOOD;
            case "cancelled", "rejected" -> Block.Tone.WARNING;
            default -> Block.Tone.BAD;
        };
    }

    private static String encoded(String traceId) {
        if (traceId.equals(".") || traceId.equals("..")) {
            return TraceIds.toW3c(traceId); // As a segment of a path, a browser would take it for a folder.
        }
        return URLEncoder.encode(traceId, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
