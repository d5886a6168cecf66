package dev.llmops.spring.boot.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The actuator endpoint {@code llmops}. It only reads; what it shows of users, tenants and content is what the content
 * policy shows in logs.
 */
@Endpoint(id = "llmops")
final class LlmOpsEndpoint {

    private final List<EndpointSection> sections;

    LlmOpsEndpoint(List<EndpointSection> sections) {
        this.sections = List.copyOf(sections);
    }

    /**
     * Returns all sections.
     *
     * @return the sections by name
     */
    @ReadOperation
    public Map<String, Object> sections() {
        Map<String, Object> all = new LinkedHashMap<>();
        sections.forEach(section -> all.put(section.name(), section.content().get()));
        return all;
    }

    /**
     * Returns one section.
     *
     * @param section its name
     * @return the section, or null if there is none of this name
     */
    @ReadOperation
    public @Nullable Object section(@Selector String section) {
        return sections.stream()
                .filter(each -> each.name().equals(section))
                .map(each -> each.content().get())
                .findFirst()
                .orElse(null);
    }
}
