package dev.llmops.spring.boot.slo;

import dev.llmops.slo.EventRule;
import dev.llmops.slo.Objective;
import dev.llmops.slo.file.InvalidObjectivesException;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import tools.jackson.databind.json.JsonMapper;

/** Reads the objectives of the file and of the properties, by the one grammar of objectives files. */
final class Objectives {

    private static final String FILE = "llmops.slo.file";
    private static final String INLINE = "llmops.slo.objectives";
    private static final String REMEDY = "Correct each of them; docs/slo.md has the words of an objectives file.";

    private Objectives() {}

    static ObjectiveSet of(LlmOpsSloProperties properties, @Nullable String applicationName) {
        List<Objective> objectives = new ArrayList<>();
        List<EventRule> eventRules = new ArrayList<>();
        Resource file = properties.file();
        if (file != null) {
            add(parse(FILE, text(file)), objectives, eventRules);
        }
        if (!properties.objectives().isEmpty() || !properties.eventRules().isEmpty()) {
            add(parse(INLINE, json(properties, applicationName)), objectives, eventRules);
        }
        return new ObjectiveSet(objectives, eventRules);
    }

    private static void add(ObjectiveSet set, List<Objective> objectives, List<EventRule> eventRules) {
        objectives.addAll(set.objectives());
        eventRules.addAll(set.eventRules());
    }

    private static ObjectiveSet parse(String property, String text) {
        try {
            return ObjectiveSet.parse(text);
        } catch (InvalidObjectivesException e) {
            throw new InvalidLlmOpsPropertyException(property, e.problems(), REMEDY, e);
        }
    }

    private static String text(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidLlmOpsPropertyException(
                    FILE,
                    List.of("the file cannot be read (" + file.getDescription() + ")"),
                    "Check its place, such as classpath:objectives.yml, and its permissions.",
                    e);
        }
    }

    private static String json(LlmOpsSloProperties properties, @Nullable String applicationName) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", "llmops.slo/v1");
        String service = properties.service() == null ? applicationName : properties.service();
        if (service != null) {
            file.put("service", service);
        }
        file.put("objectives", asWritten(properties.objectives()));
        if (!properties.eventRules().isEmpty()) {
            file.put("eventRules", asWritten(properties.eventRules()));
        }
        return JsonMapper.shared().writeValueAsString(file);
    }

    /** Spring Boot binds a list inside a map of any shape as a map of its indices. */
    private static Object asWritten(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Objectives::asWritten).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (isIndexed(map)) {
            return map.values().stream().map(Objectives::asWritten).toList();
        }
        Map<String, Object> written = new LinkedHashMap<>();
        map.forEach((key, each) ->
                written.put(String.valueOf(key), asWritten(Objects.requireNonNull(each, "a bound value"))));
        return written;
    }

    private static boolean isIndexed(Map<?, ?> map) {
        for (int i = 0; i < map.size(); i++) {
            if (!map.containsKey(String.valueOf(i))) {
                return false;
            }
        }
        return !map.isEmpty();
    }
}
