package dev.llmops.spring.boot.slo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * The properties {@code llmops.slo.*}.
 *
 * @param enabled Whether objectives are judged.
 * @param file File of objectives, such as classpath:objectives.yml. None by default.
 * @param service Service of objectives that name none; the application's name by default.
 * @param objectives Objectives, each with the words of an objectives file. Empty by default.
 * @param eventRules Rules about risks, each with the words of an objectives file. Empty by default.
 * @param snapshot File in which the counts survive a restart. None by default.
 * @param webhook Address to which changes of alerts are posted. None by default.
 * @param evaluateEvery Time between two evaluations of the alerts.
 * @param replicas Number of instances of the application, so that a status can say how much of the fleet it has seen; 0 if
 *     it is not known.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.slo")
record LlmOpsSloProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Resource file,
        @Nullable String service,
        @DefaultValue List<Map<String, Object>> objectives,
        @DefaultValue List<Map<String, Object>> eventRules,
        @Nullable Path snapshot,
        @Nullable URI webhook,
        @DefaultValue("15s") Duration evaluateEvery,
        @DefaultValue("0") int replicas) {

    boolean isEmpty() {
        return file == null && objectives.isEmpty() && eventRules.isEmpty();
    }
}
