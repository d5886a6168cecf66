package dev.llmops.core.privacy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which private data is kept and shown: prompts and answers, free texts of later events, and the ids of users and
 * tenants. Logs, spans and every other view of one {@code LlmOps} follow the same policy.
 *
 * <p>By default no content is captured or shown. User and tenant ids are shown as keyed hashes where a key is given, and
 * as they are otherwise.
 *
 * <pre>{@code
 * ContentPolicy policy = ContentPolicy.builder()
 *     .captureContent(true)
 *     .showContent(true)
 *     .idKey("2026-11", key)
 *     .tenantIds(ContentPolicy.IdDisplay.PLAIN)
 *     .build();
 * }</pre>
 *
 * <p>Immutable and thread-safe. See docs/decisions/core.md#one-content-policy.
 *
 * @since 0.1.0
 */
public final class ContentPolicy {

    private static final ContentPolicy DEFAULTS = builder().build();

    private final boolean capturesContent;
    private final boolean showsContent;
    private final boolean showsEventTexts;
    private final IdDisplay userIds;
    private final IdDisplay tenantIds;
    private final Pseudonyms keyed;

    private ContentPolicy(Builder builder) {
        Pseudonyms given = builder.keyed;
        IdDisplay usual = given == null ? IdDisplay.PLAIN : IdDisplay.KEYED_HASH;
        this.capturesContent = builder.capturesContent;
        this.showsContent = builder.showsContent;
        this.showsEventTexts = builder.showsEventTexts;
        this.userIds = builder.userIds == null ? usual : builder.userIds;
        this.tenantIds = builder.tenantIds == null ? usual : builder.tenantIds;
        this.keyed = given == null ? Pseudonyms.unkeyed() : given;
    }

    /** The form in which views show an id. */
    public enum IdDisplay {
        /** The id itself. */
        PLAIN,
        /** A hash that only the holder of {@link Builder#idKey} can compute. */
        KEYED_HASH,
        /** A hash that anyone who guesses the id can compute. */
        UNKEYED_HASH,
        /** Nothing. */
        OMITTED
    }

    /**
     * Returns the default policy: no content, and plain ids.
     *
     * @return the shared instance
     */
    public static ContentPolicy ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Creates a builder with every default.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns true if records keep prompts and answers.
     *
     * @return true if content is captured
     */
    public boolean capturesContent() {
        return capturesContent;
    }

    /**
     * Returns true if views show the prompts and answers that records keep.
     *
     * @return true if content is shown
     */
    public boolean showsContent() {
        return showsContent;
    }

    /**
     * Returns true if views show the free texts of later events: comments, explanations and details.
     *
     * @return true if these texts are shown
     */
    public boolean showsEventTexts() {
        return showsEventTexts;
    }

    /**
     * Returns a user id as views show it.
     *
     * @param id the id, or null
     * @return the id or its hash; null if it is absent or left out
     */
    public @Nullable String user(@Nullable String id) {
        return shown(userIds, id);
    }

    /**
     * Returns a tenant id as views show it.
     *
     * @param id the id, or null
     * @return the id or its hash; null if it is absent or left out
     */
    public @Nullable String tenant(@Nullable String id) {
        return shown(tenantIds, id);
    }

    private @Nullable String shown(IdDisplay display, @Nullable String id) {
        if (id == null) {
            return null;
        }
        return switch (display) {
            case PLAIN -> id;
            case KEYED_HASH -> keyed.of(id);
            case UNKEYED_HASH -> Pseudonyms.unkeyed().of(id);
            case OMITTED -> null;
        };
    }

    /**
     * Returns the name of the key under which user ids are hashed.
     *
     * @return the key's id; empty unless user ids are keyed hashes
     */
    public Optional<String> userKeyId() {
        return userIds == IdDisplay.KEYED_HASH ? keyed.keyId() : Optional.empty();
    }

    /**
     * Returns the name of the key under which tenant ids are hashed.
     *
     * @return the key's id; empty unless tenant ids are keyed hashes
     */
    public Optional<String> tenantKeyId() {
        return tenantIds == IdDisplay.KEYED_HASH ? keyed.keyId() : Optional.empty();
    }

    @Override
    public String toString() {
        return "ContentPolicy[capturesContent=" + capturesContent + ", showsContent=" + showsContent
                + ", showsEventTexts=" + showsEventTexts + ", userIds=" + userIds + ", tenantIds=" + tenantIds + "]";
    }

    /** Builds a {@link ContentPolicy}. Not thread-safe. */
    public static final class Builder {

        private boolean capturesContent;
        private boolean showsContent;
        private boolean showsEventTexts;
        private @Nullable Pseudonyms keyed;
        private @Nullable IdDisplay userIds;
        private @Nullable IdDisplay tenantIds;

        private Builder() {}

        /**
         * Sets whether records keep prompts and answers; default false.
         *
         * @param captures true to keep them
         * @return this builder
         */
        public Builder captureContent(boolean captures) {
            this.capturesContent = captures;
            return this;
        }

        /**
         * Sets whether views show prompts and answers, and the messages of errors that no redactor has seen; default
         * false. Prompts and answers must also be {@linkplain #captureContent captured}. Views show what the record holds
         * after all enrichers, so add a redactor to these, such as the {@code RedactionEnricher} of
         * {@code llmops-redaction}.
         *
         * @param shows true to show them
         * @return this builder
         */
        public Builder showContent(boolean shows) {
            this.showsContent = shows;
            return this;
        }

        /**
         * Sets whether views show the comments of feedback, the explanations of evaluations and the details of risks that
         * are reported after the call; default false. These texts may quote content and are shown as the enrichers left
         * them.
         *
         * @param shows true to show them
         * @return this builder
         */
        public Builder showEventTexts(boolean shows) {
            this.showsEventTexts = shows;
            return this;
        }

        /**
         * Sets the key of {@link IdDisplay#KEYED_HASH}, which makes that form the default of all ids.
         *
         * @param keyId names the key in logs, so that it can be changed; not secret
         * @param key the secret, at least {@value Pseudonyms#MIN_KEY_BYTES} bytes; copied
         * @return this builder
         * @throws IllegalArgumentException if {@code keyId} is blank or the key is too short
         */
        public Builder idKey(String keyId, byte[] key) {
            this.keyed = Pseudonyms.keyed(keyId, key);
            return this;
        }

        /**
         * Sets the form of user ids; default {@link IdDisplay#KEYED_HASH} if a key is given, else {@link IdDisplay#PLAIN}.
         *
         * @param display the form
         * @return this builder
         */
        public Builder userIds(IdDisplay display) {
            this.userIds = display;
            return this;
        }

        /**
         * Sets the form of tenant ids; default {@link IdDisplay#KEYED_HASH} if a key is given, else {@link
         * IdDisplay#PLAIN}. Metrics and budgets always have them plain.
         *
         * @param display the form
         * @return this builder
         */
        public Builder tenantIds(IdDisplay display) {
            this.tenantIds = display;
            return this;
        }

        /**
         * Creates the policy.
         *
         * @return a new policy
         * @throws IllegalArgumentException if a keyed hash is asked for without a key
         */
        public ContentPolicy build() {
            if (keyed == null && (userIds == IdDisplay.KEYED_HASH || tenantIds == IdDisplay.KEYED_HASH)) {
                throw new IllegalArgumentException("contentPolicy.idKey is missing, but userIds is " + userIds
                        + " and tenantIds is " + tenantIds + " — KEYED_HASH needs a key — call idKey(keyId, key)");
            }
            return new ContentPolicy(this);
        }
    }
}
