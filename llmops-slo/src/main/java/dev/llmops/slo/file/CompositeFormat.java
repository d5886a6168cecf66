package dev.llmops.slo.file;

import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.internal.ConfigNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Composites in files. */
final class CompositeFormat {

    private CompositeFormat() {}

    static @Nullable CompositeObjective read(ConfigNode node) {
        String name = node.required("name", "assistant");
        String description = node.text("description", "");
        List<String> members = node.texts("members");
        BigDecimal target = node.as("sliceTarget", node.text("sliceTarget"), ObjectiveReader::ratio);
        node.rejectUnknown();
        if (name == null || (target == null && node.has("sliceTarget"))) {
            return null;
        }
        return node.as("", name, text -> new CompositeObjective(text, description, members, target));
    }

    static Map<String, Object> write(CompositeObjective composite) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", composite.name());
        if (!composite.description().isEmpty()) {
            map.put("description", composite.description());
        }
        map.put("members", composite.members());
        composite.sliceTarget().ifPresent(target -> map.put("sliceTarget", target));
        return map;
    }
}
