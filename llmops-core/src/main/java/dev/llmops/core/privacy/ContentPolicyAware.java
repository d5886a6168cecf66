package dev.llmops.core.privacy;

/**
 * A listener or enricher that shows or hides private data as the {@link ContentPolicy} of its {@code LlmOps} says.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ContentPolicyAware {

    /**
     * Sets the policy; called once, before the first call.
     *
     * @param policy the policy of the {@code LlmOps} to which this object was added
     */
    void useContentPolicy(ContentPolicy policy);
}
