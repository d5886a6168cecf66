package dev.llmops.samples.gateway.security;

import dev.llmops.samples.gateway.http.Access;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Identity;
import dev.llmops.samples.gateway.http.Role;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides if a request is let in. With credentials, everything but {@code /health} needs one. Without, the gateway serves
 * its own machine, and checks that no web page speaks in the machine's name. Thread-safe.
 */
public final class AccessControl implements Access {

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final Pattern PORT = Pattern.compile(":\\d+$");
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final @Nullable Credentials credentials;
    private final String ownName;
    private final boolean anyHost;
    private final RateLimiter rates = new RateLimiter(System::nanoTime);

    /**
     * Creates the control.
     *
     * @param credentials null lets every request of this machine in
     * @param ownName the name of the address that is listened on
     * @param insecure true to accept every {@code Host} without credentials
     */
    public AccessControl(@Nullable Credentials credentials, String ownName, boolean insecure) {
        this.credentials = credentials;
        this.ownName = ownName.contains(":") ? "[" + ownName + "]" : ownName;
        // A name that a page has made point to this machine cannot know a token.
        this.anyHost = insecure || credentials != null;
    }

    @Override
    public Identity admit(HttpServerRequest request, Set<Role> roles) {
        checkHost(request);
        checkOrigin(request);
        if (credentials == null || roles.isEmpty()) {
            return Identity.UNKNOWN;
        }
        Credential credential = credentials.find(token(request)).orElseThrow(() -> {
            request.response().putHeader("WWW-Authenticate", challenge(request));
            return new ApiError(
                            401,
                            "unauthorized",
                            "the credential is missing or unknown — a token of --credentials is needed — send it as"
                                    + " Authorization: Bearer",
                            null)
                    .refusal();
        });
        if (!roles.contains(credential.role())) {
            throw new ApiError(
                            403,
                            "forbidden",
                            "the role of " + credential.name() + " is "
                                    + credential.role().label() + " — "
                                    + roles.stream().map(Role::label).sorted().collect(Collectors.joining(" or "))
                                    + " is needed — use another credential",
                            null)
                    .refusal();
        }
        if (!rates.admits(credential)) {
            request.response().putHeader("Retry-After", Long.toString(rates.retryAfterSeconds(credential)));
            throw new ApiError(
                            429,
                            "rate_limited",
                            credential.name() + " sends too many requests — " + credential.requestsPerMinute()
                                    + " a minute are allowed — send fewer",
                            null)
                    .refusal();
        }
        return new Identity(credential.name(), credential.user(), credential.tenant());
    }

    private static String token(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        if (authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return password(authorization.substring(BASIC.length()).strip());
        }
        // Anthropic's clients send it so.
        String key = request.getHeader("x-api-key");
        return key == null ? "" : key;
    }

    /** Browsers ask their user for a password, which is the token; other clients are offered tokens alone. */
    private static String challenge(HttpServerRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html")
                ? "Bearer, Basic realm=\"llmops gateway\", charset=\"UTF-8\""
                : "Bearer";
    }

    private static String password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Refuses names that a page could have made point to this machine. */
    private void checkHost(HttpServerRequest request) {
        String host = request.getHeader("Host");
        if (anyHost || host == null) {
            return;
        }
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        if (!OWN_NAMES.contains(name) && !name.equals(ownName.toLowerCase(Locale.ROOT))) {
            throw new ApiError(
                            403,
                            "forbidden",
                            "Host is " + host + " — without credentials, names of this machine are allowed — use"
                                    + " localhost, or start with --credentials",
                            null)
                    .refusal();
        }
    }

    /** Refuses requests that a page of another site makes. */
    private static void checkOrigin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        String host = request.getHeader("Host");
        if (origin == null || request.method().equals(HttpMethod.GET)) {
            return; // A page cannot read the answer to its GET.
        }
        if (host == null || !host.equalsIgnoreCase(authority(origin))) {
            throw new ApiError(
                            403,
                            "forbidden",
                            "Origin is " + origin + " — pages of this gateway alone are allowed — call it from a"
                                    + " server",
                            null)
                    .refusal();
        }
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
