package dev.llmops.slo.openslo;

import dev.llmops.slo.Objective;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.internal.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Collects objectives in the module's own format, reads each by itself, and notes what does not become one. */
final class OwnFormat {

    private final List<Objective> objectives = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final List<String> notCarriedOver = new ArrayList<>();

    void add(String origin, Map<String, Object> objective) {
        try {
            Objective read = ObjectiveSet.parse(
                            Yaml.writeJson(Map.of("version", "llmops.slo/v1", "objectives", List.of(objective))))
                    .objectives()
                    .get(0);
            String service = name(read.service());
            String longer = name(service + '-' + read.name());
            if (names.add(read.name())) {
                objectives.add(read);
            } else if (!service.isEmpty() && !names.contains(longer)) {
                // Other formats name an objective within its service.
                leftOut(origin + ": the name " + read.name() + " is taken — names are unique — it is imported as "
                        + longer);
                Map<String, Object> renamed = new LinkedHashMap<>(objective);
                renamed.put("name", longer);
                add(origin, renamed);
            } else {
                leftOut(origin + ": the name " + read.name() + " is taken — names are unique — rename one of the two");
            }
        } catch (InvalidObjectivesException e) {
            e.problems().forEach(problem -> leftOut(origin + ": " + problem + "; the objective is left out"));
        }
    }

    /** Names each property that says something besides those that are carried over. */
    void carriesOnly(String origin, String path, JsonNode node, String... carried) {
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (!Set.of(carried).contains(property.getKey())
                    && !property.getValue().isNull()) {
                String name = path.isEmpty() ? property.getKey() : path + '.' + property.getKey();
                leftOut(origin + ": " + name
                        + " is not carried over — objectives have nothing like it — state it where it is needed");
            }
        }
    }

    void leftOut(String sentence) {
        notCarriedOver.add(sentence);
    }

    SloImport.Result result() {
        return new SloImport.Result(new ObjectiveSet(objectives, List.of()), notCarriedOver);
    }

    /** A name that objectives can have, made from one of other rules. */
    static String name(String text) {
        String name =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return name.length() <= 63 ? name : name.substring(0, 63).replaceAll("-$", "");
    }
}
