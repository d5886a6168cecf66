package dev.llmops.samples.gateway.security;

import dev.llmops.samples.gateway.http.Role;
import org.jspecify.annotations.Nullable;

/**
 * A client that is let in.
 *
 * @param name for logs and actions
 * @param sha256 the hash of its token, as 64 lower-case hexadecimal digits
 * @param role what it may do
 * @param user the account of all its calls; null leaves it to the request
 * @param tenant the tenant of all its calls; null leaves it to the request
 * @param requestsPerMinute the rate that it may keep up; 0 for no limit
 */
public record Credential(
        String name,
        String sha256,
        Role role,
        @Nullable String user,
        @Nullable String tenant,
        int requestsPerMinute) {}
