package dev.llmops.core.version;

import dev.llmops.core.internal.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The versions behind an answer: code, configuration, prompt, model, index, tools, and any others.
 * Immutable.
 *
 * <p>Two sets with the same parts have the same {@link #id()} in every process: the first 12 hexadecimal digits of the
 * SHA-256 of the canonical form, which is in UTF-8 one {@code name=value} line per part in the order of {@link #parts()},
 * each ended by a line feed, with backslash, line feed and carriage return escaped.
 *
 * @since 0.1.0
 */
public final class VersionSet {

    /** The names of the standard parts, in canonical order. */
    public static final List<String> STANDARD_PARTS = List.of("code", "config", "prompt", "model", "index", "tools");

    private static final VersionSet EMPTY = new VersionSet(Map.of());
    private static final int ID_BYTES = 6;

    private final Map<String, String> parts;
    /** Made when it is first asked for, since many sets are only merged into others; two threads may both make it. */
    private @Nullable String id;

    private VersionSet(Map<String, String> unordered) {
        this.parts = Collections.unmodifiableMap(inCanonicalOrder(unordered));
    }

    private static Map<String, String> inCanonicalOrder(Map<String, String> unordered) {
        Map<String, String> extras = new TreeMap<>(unordered);
        Map<String, String> ordered = new LinkedHashMap<>();
        for (String part : STANDARD_PARTS) {
            String value = extras.remove(part);
            if (value != null) {
                ordered.put(part, value);
            }
        }
        ordered.putAll(extras);
        return ordered;
    }

    private static String digest(Map<String, String> parts) {
        StringBuilder canonical = new StringBuilder();
        parts.forEach((name, value) ->
                canonical.append(escape(name)).append('=').append(escape(value)).append('\n'));
        byte[] hash = Digests.sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    /**
     * Returns a set without parts; its id is {@code none}.
     *
     * @return the empty set
     */
    public static VersionSet empty() {
        return EMPTY;
    }

    /**
     * Creates a set of given parts.
     *
     * @param parts values by name
     * @return the set
     * @throws IllegalArgumentException if a name or a value is blank, or a name holds {@code =}
     */
    public static VersionSet of(Map<String, String> parts) {
        Builder builder = builder();
        parts.forEach(builder::part);
        return builder.build();
    }

    /**
     * Creates a builder.
     *
     * @return a builder without parts
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns a short stable digest of the parts.
     *
     * @return 12 hexadecimal digits, or {@code none} for the empty set
     */
    public String id() {
        String known = id;
        if (known == null) {
            known = parts.isEmpty() ? "none" : digest(parts);
            id = known;
        }
        return known;
    }

    /**
     * Returns all parts: the standard ones in the order of {@link #STANDARD_PARTS}, then the others by name.
     *
     * @return an unmodifiable map in canonical order
     */
    public Map<String, String> parts() {
        return parts;
    }

    /**
     * Returns one part.
     *
     * @param name the part's name, such as {@code prompt}
     * @return its value, empty when the set lacks it
     */
    public Optional<String> part(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    /**
     * Returns this set with missing parts filled in.
     *
     * @param fallback where missing parts come from
     * @return this set if nothing was missing, else a new one
     */
    public VersionSet orElse(VersionSet fallback) {
        if (parts.keySet().containsAll(fallback.parts.keySet())) {
            return this;
        }
        Map<String, String> merged = new LinkedHashMap<>(fallback.parts);
        merged.putAll(parts);
        return new VersionSet(merged);
    }

    /** Returns true if a set takes this part; null is allowed and is none. */
    static boolean isPart(@Nullable String name, @Nullable String version) {
        return isName(name) && isVersion(version);
    }

    private static boolean isName(@Nullable String name) {
        return name != null && !name.isBlank() && name.indexOf('=') < 0;
    }

    private static boolean isVersion(@Nullable String version) {
        return version != null && !version.isBlank();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionSet that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return "VersionSet[" + id + " " + parts + "]";
    }

    /** Builds a {@link VersionSet}. Setting a part twice keeps the last value. Not thread-safe. */
    public static final class Builder {

        private final Map<String, String> parts = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Sets the version of the code, such as a release or a commit.
         *
         * @param version the version; not blank
         * @return this builder
         */
        public Builder code(String version) {
            return part("code", version);
        }

        /**
         * Sets the version of the configuration.
         *
         * @param version the version; not blank
         * @return this builder
         */
        public Builder config(String version) {
            return part("config", version);
        }

        /**
         * Sets the version of the prompt.
         *
         * @param version the version; not blank
         * @return this builder
         */
        public Builder prompt(String version) {
            return part("prompt", version);
        }

        /**
         * Sets the exact model.
         *
         * @param version the dated model name; not blank
         * @return this builder
         */
        public Builder model(String version) {
            return part("model", version);
        }

        /**
         * Sets the version of the retrieval index.
         *
         * @param version the version; not blank
         * @return this builder
         */
        public Builder index(String version) {
            return part("index", version);
        }

        /**
         * Sets the version of the tool set.
         *
         * @param version the version; not blank
         * @return this builder
         */
        public Builder tools(String version) {
            return part("tools", version);
        }

        /**
         * Sets any part.
         *
         * @param name the part's name; not blank, without {@code =}
         * @param version the version; not blank
         * @return this builder
         * @throws IllegalArgumentException if a rule is broken
         */
        public Builder part(String name, String version) {
            if (!isName(name)) {
                throw new IllegalArgumentException("versionSet part name is blank or holds '=' ('" + name
                        + "') — other text is allowed — pass e.g. prompt");
            }
            if (!isVersion(version)) {
                throw new IllegalArgumentException("versionSet." + name + " is blank ('" + version
                        + "') — other text is allowed — leave the part out if it is unknown");
            }
            parts.put(name, version);
            return this;
        }

        /**
         * Creates the set.
         *
         * @return a set of the parts so far
         */
        public VersionSet build() {
            return parts.isEmpty() ? EMPTY : new VersionSet(parts);
        }
    }
}
