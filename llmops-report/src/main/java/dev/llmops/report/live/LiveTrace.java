package dev.llmops.report.live;

import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows one trace as a page: its calls with the time of each phase, their versions, cost and texts, and what was said of
 * them later.
 *
 * @since 0.1.0
 */
public final class LiveTrace {

    private static final List<String> SHOWN = List.of(
            "operation",
            "provider",
            "model_id",
            "response_model",
            "status",
            "feature",
            "tenant",
            "user_id",
            "tokens_in",
            "tokens_out",
            "request_id",
            "call_id");
    private static final Map<String, String> PARTS = parts();
    private static final List<String> TEXTS = List.of("input", "output");

    private static final Set<String> OF_EVERY_RECORD = Set.of(
            "schema",
            "timestamp",
            "trace_id",
            "span_id",
            "tokens_in",
            "tokens_out",
            "request_id",
            "call_id",
            "conversation_id",
            "user_id",
            "tenant",
            "pseudonym_keys",
            "feature",
            "operation",
            "provider",
            "model_id",
            "response_model",
            "version_set",
            "sample_rate");

    private LiveTrace() {}

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("latency_ms", "Latency, ms");
        parts.put("phases_ms", "Other phases, ms");
        parts.put("cost", "Cost");
        parts.put("version_set", "Versions");
        parts.put("tokens", "Tokens");
        parts.put("error", "Error");
        parts.put("pii", "Private data");
        return parts;
    }

    /**
     * Returns the page of a trace.
     *
     * @param traceId the id as it is shown
     * @param calls records of its calls, oldest first, as the call log has them
     * @param events records of what came later, oldest first
     * @param links relative links to related pages, by text
     * @return the page
     */
    public static Page toPage(
            String traceId,
            List<Map<String, Object>> calls,
            List<Map<String, Object>> events,
            Map<String, String> links) {
        Page.Builder page = Page.titled("Trace " + traceId);
        page.add(new Block.Paragraph(
                links.entrySet().stream()
                        .flatMap(link -> Stream.of(Inline.link(link.getKey(), link.getValue()), Inline.text(" ")))
                        .toList(),
                false));
        for (Map<String, Object> each : calls) {
            page.add(call(new LoggedCall(each)));
        }
        page.add(new Block.Section(
                "Later",
                "",
                Block.Tone.NEUTRAL,
                List.of(new Block.Table(
                        "Feedback, evaluations, refusals and risks",
                        List.of("at, UTC", "kind", "what"),
                        events.stream().map(LiveTrace::event).toList(),
                        "Nothing was said of this trace later."))));
        return page.build();
    }

    private static Block call(LoggedCall call) {
        List<Block> blocks = new ArrayList<>();
        double axis = PhaseBar.axisMillis(call.millis("total"));
        blocks.add(PhaseBar.legend());
        blocks.add(new Block.Table(
                "Time",
                List.of("total", "phases"),
                List.of(
                        List.of(Inline.number(""), PhaseBar.scale(axis)),
                        List.of(Inline.number(Numbers.duration(call.millis("total"))), PhaseBar.of(call, axis))),
                ""));
        blocks.add(new Block.Facts(SHOWN.stream()
                .filter(name -> call.fields().containsKey(name))
                .map(name -> new Block.Fact(
                        Numbers.words(name),
                        Inline.code(String.valueOf(call.fields().get(name)))))
                .toList()));
        blocks.add(new Block.Columns(PARTS.entrySet().stream()
                .filter(part -> !call.object(part.getKey()).isEmpty())
                .map(part -> values(part.getValue(), call.object(part.getKey())))
                .toList()));
        for (String text : TEXTS) {
            Object content = call.fields().get(text);
            if (content != null) {
                blocks.add(Block.paragraph(text + ", as redacted:"));
                blocks.add(Block.paragraph(Inline.code(content.toString())));
            }
        }
        String status = call.text("status");
        return new Block.Section("Call that ended at " + call.time() + " UTC", status, CallsPart.tone(status), blocks);
    }

    private static Block values(String title, Map<?, ?> values) {
        return new Block.Table(
                title,
                List.of("name", "value"),
                values.entrySet().stream()
                        .map(entry -> List.of(
                                Inline.text(Numbers.words(String.valueOf(entry.getKey()))),
                                Inline.code(String.valueOf(entry.getValue()))))
                        .toList(),
                "");
    }

    private static List<Inline> event(Map<String, Object> record) {
        LoggedCall event = new LoggedCall(record);
        String what = record.entrySet().stream()
                .filter(entry -> !OF_EVERY_RECORD.contains(entry.getKey()))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return List.of(Inline.text(event.time()), Inline.text(event.text("schema")), Inline.code(what));
    }
}
