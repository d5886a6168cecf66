package dev.llmops.slo.file;

import dev.llmops.slo.Exclusion;
import dev.llmops.slo.internal.ConfigNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Excluded time in files. */
final class ExclusionFormat {

    private static final String EXAMPLE = "2026-11-28T20:00:00Z";

    private ExclusionFormat() {}

    static @Nullable Exclusion read(ConfigNode node) {
        Instant from = node.as("from", node.required("from", EXAMPLE), ExclusionFormat::instant);
        Instant to = node.as("to", node.required("to", EXAMPLE), ExclusionFormat::instant);
        String by = node.required("by", "ana");
        String reason = node.required("reason", "maintenance of the index");
        Set<String> objectives = new LinkedHashSet<>(node.texts("objectives"));
        if (node.isEmptyList("objectives")) {
            node.report("objectives", "is empty — one name or more — leave it out for all");
        }
        node.rejectUnknown();
        if (from == null || to == null || by == null || reason == null) {
            return null;
        }
        return node.as("", by, name -> new Exclusion(from, to, objectives, name, reason));
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "is '" + text + "' — a time with its offset such as " + EXAMPLE + " or 2026-11-28T21:00:00+01:00",
                    e);
        }
    }

    static Map<String, Object> write(Exclusion exclusion) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("from", exclusion.from().toString());
        map.put("to", exclusion.to().toString());
        if (!exclusion.objectives().isEmpty()) {
            map.put("objectives", exclusion.objectives());
        }
        map.put("by", exclusion.by());
        map.put("reason", exclusion.reason());
        return map;
    }
}
