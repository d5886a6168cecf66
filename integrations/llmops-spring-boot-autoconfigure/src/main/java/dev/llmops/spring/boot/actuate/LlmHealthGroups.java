package dev.llmops.spring.boot.actuate;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/**
 * Adds the health group {@code llm}, and takes its indicator out of the application's own health, so that no probe ever
 * restarts an application over a breached objective.
 */
final class LlmHealthGroups implements HealthEndpointGroups {

    static final String GROUP = "llm";

    private final HealthEndpointGroups groups;
    private final HealthEndpointGroup primary;
    private final HealthEndpointGroup llm;

    LlmHealthGroups(HealthEndpointGroups groups, String contributor) {
        this.groups = groups;
        this.primary = new Group(groups.getPrimary(), contributor, false);
        this.llm = new Group(groups.getPrimary(), contributor, true);
    }

    @Override
    public HealthEndpointGroup getPrimary() {
        return primary;
    }

    @Override
    public Set<String> getNames() {
        Set<String> names = new LinkedHashSet<>(groups.getNames());
        names.add(GROUP);
        return names;
    }

    /** A group of this name that the application configures comes first. */
    @Override
    public @Nullable HealthEndpointGroup get(String name) {
        HealthEndpointGroup configured = groups.get(name);
        return configured == null && name.equals(GROUP) ? llm : configured;
    }

    private record Group(HealthEndpointGroup settings, String contributor, boolean only)
            implements HealthEndpointGroup {

        @Override
        public boolean isMember(String name) {
            boolean isContributor = name.equals(contributor) || name.startsWith(contributor + "/");
            return only ? isContributor : !isContributor && settings.isMember(name);
        }

        @Override
        public boolean showComponents(SecurityContext securityContext) {
            return settings.showComponents(securityContext);
        }

        @Override
        public boolean showDetails(SecurityContext securityContext) {
            return settings.showDetails(securityContext);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return settings.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return settings.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return null;
        }
    }
}
