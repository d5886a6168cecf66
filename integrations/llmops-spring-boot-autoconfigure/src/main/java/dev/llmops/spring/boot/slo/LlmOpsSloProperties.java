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
 * @param enabled whether objectives are judged
 * @param file file of objectives, such as {@code classpath:objectives.yml}; none by default
 * @param service service of objectives that name none; the application's name by default
 * @param objectives objectives, each with the words of an objectives file; empty by default
 * @param eventRules rules about risks, each with the words of an objectives file; empty by default
 * @param snapshot file in which the counts survive a restart; none by default
 * @param webhook address to which changes of alerts are posted; none by default
 * @param evaluateEvery time between two evaluations of the alerts
 * @param replicas number of instances of the application, so that a status can say how much of the fleet it has seen; 0 if
 *     it is not known
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.slo")
public record LlmOpsSloProperties(
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
