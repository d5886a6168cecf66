package dev.llmops.samples.gateway.http;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request, as its credential says.
 *
 * @param name the credential's name; null without credentials
 * @param user the account of the credential's calls; null leaves it to the request
 * @param tenant the tenant of the credential's calls; null leaves it to the request
 */
public record Identity(
        @Nullable String name,
        @Nullable String user,
        @Nullable String tenant) {

    /** A client of a gateway without credentials. */
    public static final Identity UNKNOWN = new Identity(null, null, null);

    /** Returns the account of a call: that of the credential, or else the one that the request names. */
    public @Nullable String userOr(@Nullable String asked) {
        return user == null ? asked : user;
    }

    /** Returns the tenant of a call: that of the credential, or else the one that the request names. */
    public @Nullable String tenantOr(@Nullable String asked) {
        return tenant == null ? asked : tenant;
    }

    /** Returns the name for the record of an action: that of the credential, or else the one that the request gives. */
    public String actor(@Nullable String asked) {
        return name == null ? Objects.requireNonNullElse(asked, "operator") : name;
    }
}
