package dev.llmops.core.record;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of usage that providers count and bill. Immutable; equal if the keys are equal.
 *
 * <p>Kinds form a hierarchy: {@link #CACHE_WRITE_1H_TOKENS} is a part of {@link #CACHE_WRITE_TOKENS}, which is a part of
 * {@link #INPUT_TOKENS}. A kind is described by its dimensions (direction, modality, token type, cache lifetime), and it
 * is a part of every kind of its family that has fewer of the same dimensions. Two kinds overlap in the kind that has
 * the dimensions of both, as cached input and audio input do in {@link #CACHE_AUDIO_READ_TOKENS}.
 *
 * <p>The constants are the kinds in common use. Every combination of modality, token type and cache lifetime is defined
 * as well and found by {@link #ofKey}; {@link #define} adds kinds that a new provider bills:
 *
 * <pre>{@code
 * static final UsageKind LIDAR = UsageKind.define("input_lidar_tokens", UsageKind.Family.TOKENS, "input", "lidar");
 * }</pre>
 *
 * <p>Counts are whole numbers; durations are counted in nanoseconds, so that fractions of a second stay exact. Safe for
 * use by many threads.
 *
 * @since 0.1.0
 */
public final class UsageKind implements Comparable<UsageKind> {

    /** The indexes of the kinds that {@link TokenUsage} counts in plain fields; they are defined first. */
    static final int INPUT = 0;

    static final int OUTPUT = 1;
    static final int CACHE_READ = 2;
    static final int CACHE_WRITE = 3;
    static final int REASONING = 4;

    private static final Set<String> TOKEN_TYPES = Set.of("cache_read", "cache_write", "tool", "reasoning", "citation");

    /** All tokens of the prompt, every part included. */
    public static final UsageKind INPUT_TOKENS = tokens("input_tokens", "input");

    /** All tokens of the answer, every part included. */
    public static final UsageKind OUTPUT_TOKENS = tokens("output_tokens", "output");

    /** Prompt tokens read from a cache. */
    public static final UsageKind CACHE_READ_TOKENS = tokens("cache_read_tokens", "input", "cache_read");

    /** Prompt tokens written to a cache, of any lifetime. */
    public static final UsageKind CACHE_WRITE_TOKENS = tokens("cache_write_tokens", "input", "cache_write");

    /** Answer tokens spent on reasoning. */
    public static final UsageKind OUTPUT_REASONING_TOKENS = tokens("output_reasoning_tokens", "output", "reasoning");

    /** Prompt tokens written to a cache for five minutes. */
    public static final UsageKind CACHE_WRITE_5M_TOKENS =
            tokens("cache_write_5m_tokens", "input", "cache_write", "ttl_5m");

    /** Prompt tokens written to a cache for an hour. */
    public static final UsageKind CACHE_WRITE_1H_TOKENS =
            tokens("cache_write_1h_tokens", "input", "cache_write", "ttl_1h");

    /** Text tokens of the prompt. */
    public static final UsageKind INPUT_TEXT_TOKENS = tokens("input_text_tokens", "input", "text");

    /** Text tokens of the prompt, read from a cache. */
    public static final UsageKind CACHE_TEXT_READ_TOKENS =
            tokens("cache_text_read_tokens", "input", "text", "cache_read");

    /** Audio tokens of the prompt. */
    public static final UsageKind INPUT_AUDIO_TOKENS = tokens("input_audio_tokens", "input", "audio");

    /** Audio tokens of the prompt, read from a cache. */
    public static final UsageKind CACHE_AUDIO_READ_TOKENS =
            tokens("cache_audio_read_tokens", "input", "audio", "cache_read");

    /** Audio tokens of the prompt, written to a cache. */
    public static final UsageKind CACHE_AUDIO_WRITE_TOKENS =
            tokens("cache_audio_write_tokens", "input", "audio", "cache_write");

    /** Image tokens of the prompt. */
    public static final UsageKind INPUT_IMAGE_TOKENS = tokens("input_image_tokens", "input", "image");

    /** Image tokens of the prompt, read from a cache. */
    public static final UsageKind CACHE_IMAGE_READ_TOKENS =
            tokens("cache_image_read_tokens", "input", "image", "cache_read");

    /** Video tokens of the prompt. */
    public static final UsageKind INPUT_VIDEO_TOKENS = tokens("input_video_tokens", "input", "video");

    /** Prompt tokens that came from tools the provider ran. */
    public static final UsageKind INPUT_TOOL_TOKENS = tokens("input_tool_tokens", "input", "tool");

    /** Text tokens of the answer. */
    public static final UsageKind OUTPUT_TEXT_TOKENS = tokens("output_text_tokens", "output", "text");

    /** Audio tokens of the answer. */
    public static final UsageKind OUTPUT_AUDIO_TOKENS = tokens("output_audio_tokens", "output", "audio");

    /** Image tokens of the answer. */
    public static final UsageKind OUTPUT_IMAGE_TOKENS = tokens("output_image_tokens", "output", "image");

    /** Video tokens of the answer. */
    public static final UsageKind OUTPUT_VIDEO_TOKENS = tokens("output_video_tokens", "output", "video");

    /** Answer tokens spent on citations. */
    public static final UsageKind OUTPUT_CITATION_TOKENS = tokens("output_citation_tokens", "output", "citation");

    /** Characters of the prompt. */
    public static final UsageKind INPUT_CHARACTERS = define("input_characters", Family.CHARACTERS, "input");

    /** Characters of the answer. */
    public static final UsageKind OUTPUT_CHARACTERS = define("output_characters", Family.CHARACTERS, "output");

    /** Messages of text in the prompt. */
    public static final UsageKind INPUT_TEXT_MESSAGES = define("input_text_messages", Family.MESSAGES, "input", "text");

    /** Seconds of audio, in either direction. */
    public static final UsageKind AUDIO_SECONDS = define("audio_seconds", Family.DURATIONS, "audio");

    /** Seconds of audio in the prompt. */
    public static final UsageKind INPUT_AUDIO_SECONDS =
            define("input_audio_seconds", Family.DURATIONS, "input", "audio");

    /** Seconds of audio in the answer. */
    public static final UsageKind OUTPUT_AUDIO_SECONDS =
            define("output_audio_seconds", Family.DURATIONS, "output", "audio");

    /** Seconds of video in the prompt. */
    public static final UsageKind INPUT_VIDEO_SECONDS =
            define("input_video_seconds", Family.DURATIONS, "input", "video");

    /** Seconds of video in the answer. */
    public static final UsageKind OUTPUT_VIDEO_SECONDS =
            define("output_video_seconds", Family.DURATIONS, "output", "video");

    /** Seconds of the device that served the call. */
    public static final UsageKind COMPUTE_SECONDS = define("compute_seconds", Family.DURATIONS, "compute");

    /** Images in the prompt. */
    public static final UsageKind INPUT_IMAGES = define("input_images", Family.IMAGES, "input");

    /** Images in the answer. */
    public static final UsageKind OUTPUT_IMAGES = define("output_images", Family.IMAGES, "output");

    /** Pixels in the prompt. */
    public static final UsageKind INPUT_PIXELS = define("input_pixels", Family.PIXELS, "input");

    /** Pixels in the answer. */
    public static final UsageKind OUTPUT_PIXELS = define("output_pixels", Family.PIXELS, "output");

    /** Pages of documents read. */
    public static final UsageKind INPUT_DOCUMENT_PAGES = define("input_document_pages", Family.DOCUMENT_PAGES, "input");

    /** Pages of documents read with annotation. */
    public static final UsageKind INPUT_ANNOTATED_DOCUMENT_PAGES =
            define("input_annotated_document_pages", Family.DOCUMENT_PAGES, "input", "annotated");

    /** Queries that were reranked. */
    public static final UsageKind RERANK_SEARCHES = define("rerank_searches", Family.RERANK);

    /** Searches of the web. */
    public static final UsageKind WEB_SEARCHES = define("web_searches", Family.TOOL_CALLS, "web");

    /** Searches of social media. */
    public static final UsageKind SOCIAL_SEARCHES = define("social_searches", Family.TOOL_CALLS, "social");

    /** Searches of stored files. */
    public static final UsageKind STORAGE_SEARCHES = define("storage_searches", Family.TOOL_CALLS, "storage");

    /** Look-ups on a map. */
    public static final UsageKind MAP_SEARCHES = define("map_searches", Family.TOOL_CALLS, "map");

    /** Runs or sessions of code. */
    public static final UsageKind CODE_EXECUTIONS = define("code_executions", Family.TOOL_CALLS, "code");

    /** The call itself, 1 unless said otherwise. */
    public static final UsageKind REQUESTS = define("requests", Family.REQUESTS);

    static {
        for (String modality : List.of("text", "audio", "image", "video")) {
            tokens("cache_" + modality + "_read_tokens", "input", modality, "cache_read");
            tokens("cache_" + modality + "_write_tokens", "input", modality, "cache_write");
            tokens("cache_" + modality + "_write_5m_tokens", "input", modality, "cache_write", "ttl_5m");
            tokens("cache_" + modality + "_write_1h_tokens", "input", modality, "cache_write", "ttl_1h");
            tokens("input_" + modality + "_tool_tokens", "input", modality, "tool");
            tokens("output_" + modality + "_reasoning_tokens", "output", modality, "reasoning");
            tokens("output_" + modality + "_citation_tokens", "output", modality, "citation");
        }
    }

    private final String key;
    private final Family family;
    private final Set<String> dimensions;

    /** The order of definition, which is the order of {@link #values()}. */
    private final int index;

    UsageKind(String key, Family family, Set<String> dimensions, int index) {
        this.key = key;
        this.family = family;
        this.dimensions = dimensions;
        this.index = index;
    }

    private static UsageKind tokens(String key, String... dimensions) {
        return define(key, Family.TOKENS, dimensions);
    }

    /**
     * Defines a kind, for this process and until it ends. Defining the same kind again returns the first one. Define
     * kinds before the first call that uses them, such as in constants.
     *
     * @param key the name in files and maps: 1 to 64 lower-case letters, digits and underscores, a letter first
     * @param family the unit of its counts
     * @param dimensions what sets it apart within the family, such as {@code input}, {@code output}, {@code audio},
     *     {@code cache_read}, {@code reasoning}, or a word of your own
     * @return the kind
     * @throws IllegalArgumentException if the key breaks its rule or is defined otherwise, or if another kind of the
     *     family has the same dimensions
     */
    public static UsageKind define(String key, Family family, String... dimensions) {
        return UsageKindRegistry.define(key, family, Set.of(dimensions));
    }

    /**
     * Returns the defined kind of a name, or a kind of {@link Family#OTHER} for a name that this process does not
     * define, such as one read from a file that another process wrote.
     *
     * @param key a name
     * @return a kind with this name, related to no other unless it is defined
     */
    public static UsageKind named(String key) {
        UsageKind defined = UsageKindRegistry.find(key);
        return defined != null ? defined : new UsageKind(key, Family.OTHER, Set.of(key), Integer.MAX_VALUE);
    }

    /**
     * Returns all defined kinds.
     *
     * @return a snapshot in the order of definition, those of this class first
     */
    public static List<UsageKind> values() {
        return List.copyOf(UsageKindRegistry.all());
    }

    /**
     * Finds a defined kind by its name.
     *
     * @param key a name as {@link #key()} gives it
     * @return the kind, or empty if there is none of that name
     */
    public static Optional<UsageKind> ofKey(String key) {
        return Optional.ofNullable(UsageKindRegistry.find(key));
    }

    /**
     * Returns the name of this kind in files and maps.
     *
     * @return a stable snake_case name, such as {@code cache_read_tokens}
     */
    public String key() {
        return key;
    }

    /**
     * Returns the family this kind is counted in. Only kinds of one family can be parts of each other.
     *
     * @return the family
     */
    public Family family() {
        return family;
    }

    /**
     * Returns true if this kind counts what was sent to the model.
     *
     * @return true for kinds of the input side
     */
    public boolean isInput() {
        return dimensions.contains("input");
    }

    /**
     * Returns true if this kind counts what the model produced.
     *
     * @return true for kinds of the output side
     */
    public boolean isOutput() {
        return dimensions.contains("output");
    }

    /**
     * Returns true if everything of this kind also counts as {@code whole}.
     *
     * @param whole the kind that may contain this one
     * @return true if {@code whole} is a strict ancestor of this kind
     */
    public boolean isPartOf(UsageKind whole) {
        return family == whole.family && dimensions.size() > whole.dimensions.size() && isContainedIn(whole);
    }

    private boolean isContainedIn(UsageKind whole) {
        return dimensions.containsAll(whole.dimensions);
    }

    /**
     * Returns the kind of what belongs to both this kind and another one, where neither is a part of the other.
     *
     * @param other another kind
     * @return the kind with the dimensions of both, or null if the two are disjoint or one contains the other
     */
    public @Nullable UsageKind overlapWith(UsageKind other) {
        if (family != other.family || isContainedIn(other) || other.isContainedIn(this)) {
            return null;
        }
        Set<String> both = new HashSet<>(dimensions);
        both.addAll(other.dimensions);
        return UsageKindRegistry.find(family, both);
    }

    /**
     * Returns true if this kind tells how the tokens came about (cached, from a tool, reasoning, a citation), as opposed
     * to their modality.
     *
     * @return true if the kind names a token type
     */
    public boolean hasTokenType() {
        return dimensions.stream().anyMatch(TOKEN_TYPES::contains);
    }

    int index() {
        return index;
    }

    boolean isOf(Family family, Set<String> dimensions) {
        return this.family == family && this.dimensions.equals(dimensions);
    }

    String describe() {
        return key + " of " + family + " with " + dimensions;
    }

    /** Compares by order of definition; kinds without one come last, by name. */
    @Override
    public int compareTo(UsageKind other) {
        return index == other.index ? key.compareTo(other.key) : Integer.compare(index, other.index);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof UsageKind kind && key.equals(kind.key));
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key;
    }

    /**
     * The unit that a kind is counted in.
     *
     * @since 0.1.0
     */
    public enum Family {
        /** Tokens. */
        TOKENS,
        /** Characters. */
        CHARACTERS,
        /** Messages. */
        MESSAGES,
        /** Time, in nanoseconds. */
        DURATIONS,
        /** Images. */
        IMAGES,
        /** Pixels. */
        PIXELS,
        /** Pages of documents. */
        DOCUMENT_PAGES,
        /** Rerank queries. */
        RERANK,
        /** Uses of tools that the provider runs. */
        TOOL_CALLS,
        /** Calls of the provider. */
        REQUESTS,
        /** Any other countable unit, priced one by one. */
        OTHER
    }
}
