package dev.llmops.core.record;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A kind of thing that providers count and bill.
 *
 * <p>Kinds form a lattice: {@link #CACHE_WRITE_1H_TOKENS} is a part of {@link #CACHE_WRITE_TOKENS}, which is a part of
 * {@link #INPUT_TOKENS}. A kind is what its dimensions say (direction, modality, token type, cache lifetime), and it is
 * a part of every kind of its family that has fewer of the same dimensions. Two kinds overlap in the kind that has the
 * dimensions of both, as cached input and audio input do in {@link #CACHE_AUDIO_READ_TOKENS}.
 *
 * <p>Counts are whole numbers; durations are counted in nanoseconds, so that fractions of a second stay exact.
 *
 * @since 0.1.0
 */
public enum UsageKind {
    /** All tokens of the prompt, every part included. */
    INPUT_TOKENS(Family.TOKENS, Dimension.INPUT),

    /** All tokens of the answer, every part included. */
    OUTPUT_TOKENS(Family.TOKENS, Dimension.OUTPUT),

    /** Prompt tokens read from a cache. */
    CACHE_READ_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.CACHE_READ),

    /** Prompt tokens written to a cache, of any lifetime. */
    CACHE_WRITE_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.CACHE_WRITE),

    /** Prompt tokens written to a cache for five minutes. */
    CACHE_WRITE_5M_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.CACHE_WRITE, Dimension.TTL_5M),

    /** Prompt tokens written to a cache for an hour. */
    CACHE_WRITE_1H_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.CACHE_WRITE, Dimension.TTL_1H),

    /** Prompt tokens that stand for text. */
    INPUT_TEXT_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.TEXT),

    /** Prompt tokens that stand for text, read from a cache. */
    CACHE_TEXT_READ_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.TEXT, Dimension.CACHE_READ),

    /** Prompt tokens that stand for text, written to a cache. */
    CACHE_TEXT_WRITE_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.TEXT, Dimension.CACHE_WRITE),

    /** Prompt tokens that stand for text, written to a cache for five minutes. */
    CACHE_TEXT_WRITE_5M_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.TEXT, Dimension.CACHE_WRITE, Dimension.TTL_5M),

    /** Prompt tokens that stand for text, written to a cache for an hour. */
    CACHE_TEXT_WRITE_1H_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.TEXT, Dimension.CACHE_WRITE, Dimension.TTL_1H),

    /** Prompt tokens that stand for audio. */
    INPUT_AUDIO_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.AUDIO),

    /** Prompt tokens that stand for audio, read from a cache. */
    CACHE_AUDIO_READ_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.AUDIO, Dimension.CACHE_READ),

    /** Prompt tokens that stand for audio, written to a cache. */
    CACHE_AUDIO_WRITE_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.AUDIO, Dimension.CACHE_WRITE),

    /** Prompt tokens that stand for audio, written to a cache for five minutes. */
    CACHE_AUDIO_WRITE_5M_TOKENS(
            Family.TOKENS, Dimension.INPUT, Dimension.AUDIO, Dimension.CACHE_WRITE, Dimension.TTL_5M),

    /** Prompt tokens that stand for audio, written to a cache for an hour. */
    CACHE_AUDIO_WRITE_1H_TOKENS(
            Family.TOKENS, Dimension.INPUT, Dimension.AUDIO, Dimension.CACHE_WRITE, Dimension.TTL_1H),

    /** Prompt tokens that stand for image. */
    INPUT_IMAGE_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.IMAGE),

    /** Prompt tokens that stand for image, read from a cache. */
    CACHE_IMAGE_READ_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.IMAGE, Dimension.CACHE_READ),

    /** Prompt tokens that stand for image, written to a cache. */
    CACHE_IMAGE_WRITE_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.IMAGE, Dimension.CACHE_WRITE),

    /** Prompt tokens that stand for image, written to a cache for five minutes. */
    CACHE_IMAGE_WRITE_5M_TOKENS(
            Family.TOKENS, Dimension.INPUT, Dimension.IMAGE, Dimension.CACHE_WRITE, Dimension.TTL_5M),

    /** Prompt tokens that stand for image, written to a cache for an hour. */
    CACHE_IMAGE_WRITE_1H_TOKENS(
            Family.TOKENS, Dimension.INPUT, Dimension.IMAGE, Dimension.CACHE_WRITE, Dimension.TTL_1H),

    /** Prompt tokens that stand for video. */
    INPUT_VIDEO_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.VIDEO),

    /** Prompt tokens that stand for video, read from a cache. */
    CACHE_VIDEO_READ_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.VIDEO, Dimension.CACHE_READ),

    /** Prompt tokens that stand for video, written to a cache. */
    CACHE_VIDEO_WRITE_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.VIDEO, Dimension.CACHE_WRITE),

    /** Prompt tokens that stand for video, written to a cache for five minutes. */
    CACHE_VIDEO_WRITE_5M_TOKENS(
            Family.TOKENS, Dimension.INPUT, Dimension.VIDEO, Dimension.CACHE_WRITE, Dimension.TTL_5M),

    /** Prompt tokens that stand for video, written to a cache for an hour. */
    CACHE_VIDEO_WRITE_1H_TOKENS(
            Family.TOKENS, Dimension.INPUT, Dimension.VIDEO, Dimension.CACHE_WRITE, Dimension.TTL_1H),

    /** Prompt tokens that came from tools the provider ran. */
    INPUT_TOOL_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.TOOL),

    /** Prompt tokens that stand for text and came from tools the provider ran. */
    INPUT_TEXT_TOOL_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.TEXT, Dimension.TOOL),

    /** Prompt tokens that stand for audio and came from tools the provider ran. */
    INPUT_AUDIO_TOOL_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.AUDIO, Dimension.TOOL),

    /** Prompt tokens that stand for image and came from tools the provider ran. */
    INPUT_IMAGE_TOOL_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.IMAGE, Dimension.TOOL),

    /** Prompt tokens that stand for video and came from tools the provider ran. */
    INPUT_VIDEO_TOOL_TOKENS(Family.TOKENS, Dimension.INPUT, Dimension.VIDEO, Dimension.TOOL),

    /** Answer tokens that stand for text. */
    OUTPUT_TEXT_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.TEXT),

    /** Answer tokens that stand for audio. */
    OUTPUT_AUDIO_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.AUDIO),

    /** Answer tokens that stand for image. */
    OUTPUT_IMAGE_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.IMAGE),

    /** Answer tokens that stand for video. */
    OUTPUT_VIDEO_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.VIDEO),

    /** Answer tokens spent on reasoning. */
    OUTPUT_REASONING_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.REASONING),

    /** Reasoning tokens that stand for text. */
    OUTPUT_TEXT_REASONING_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.TEXT, Dimension.REASONING),

    /** Reasoning tokens that stand for audio. */
    OUTPUT_AUDIO_REASONING_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.AUDIO, Dimension.REASONING),

    /** Reasoning tokens that stand for image. */
    OUTPUT_IMAGE_REASONING_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.IMAGE, Dimension.REASONING),

    /** Reasoning tokens that stand for video. */
    OUTPUT_VIDEO_REASONING_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.VIDEO, Dimension.REASONING),

    /** Answer tokens spent on citations. */
    OUTPUT_CITATION_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.CITATION),

    /** Citation tokens that stand for text. */
    OUTPUT_TEXT_CITATION_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.TEXT, Dimension.CITATION),

    /** Citation tokens that stand for audio. */
    OUTPUT_AUDIO_CITATION_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.AUDIO, Dimension.CITATION),

    /** Citation tokens that stand for image. */
    OUTPUT_IMAGE_CITATION_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.IMAGE, Dimension.CITATION),

    /** Citation tokens that stand for video. */
    OUTPUT_VIDEO_CITATION_TOKENS(Family.TOKENS, Dimension.OUTPUT, Dimension.VIDEO, Dimension.CITATION),

    /** Characters of the prompt. */
    INPUT_CHARACTERS(Family.CHARACTERS, Dimension.INPUT),

    /** Characters of the answer. */
    OUTPUT_CHARACTERS(Family.CHARACTERS, Dimension.OUTPUT),

    /** Messages of text in the prompt. */
    INPUT_TEXT_MESSAGES(Family.MESSAGES, Dimension.INPUT, Dimension.TEXT),

    /** Audio, heard or spoken. */
    AUDIO_SECONDS(Family.DURATIONS, Dimension.AUDIO),

    /** Audio heard. */
    INPUT_AUDIO_SECONDS(Family.DURATIONS, Dimension.INPUT, Dimension.AUDIO),

    /** Audio spoken. */
    OUTPUT_AUDIO_SECONDS(Family.DURATIONS, Dimension.OUTPUT, Dimension.AUDIO),

    /** Video watched. */
    INPUT_VIDEO_SECONDS(Family.DURATIONS, Dimension.INPUT, Dimension.VIDEO),

    /** Video made. */
    OUTPUT_VIDEO_SECONDS(Family.DURATIONS, Dimension.OUTPUT, Dimension.VIDEO),

    /** Time of the device that served the call. */
    COMPUTE_SECONDS(Family.DURATIONS, Dimension.COMPUTE),

    /** Images in the prompt. */
    INPUT_IMAGES(Family.IMAGES, Dimension.INPUT),

    /** Images made. */
    OUTPUT_IMAGES(Family.IMAGES, Dimension.OUTPUT),

    /** Pixels in the prompt. */
    INPUT_PIXELS(Family.PIXELS, Dimension.INPUT),

    /** Pixels made. */
    OUTPUT_PIXELS(Family.PIXELS, Dimension.OUTPUT),

    /** Pages of documents read. */
    INPUT_DOCUMENT_PAGES(Family.DOCUMENT_PAGES, Dimension.INPUT),

    /** Pages of documents read with annotation. */
    INPUT_ANNOTATED_DOCUMENT_PAGES(Family.DOCUMENT_PAGES, Dimension.INPUT, Dimension.ANNOTATED),

    /** Queries that were reranked. */
    RERANK_SEARCHES(Family.RERANK),

    /** Searches of the web. */
    WEB_SEARCHES(Family.TOOL_CALLS, Dimension.WEB),

    /** Searches of social media. */
    SOCIAL_SEARCHES(Family.TOOL_CALLS, Dimension.SOCIAL),

    /** Searches of stored files. */
    STORAGE_SEARCHES(Family.TOOL_CALLS, Dimension.STORAGE),

    /** Look-ups on a map. */
    MAP_SEARCHES(Family.TOOL_CALLS, Dimension.MAP),

    /** Runs or sessions of code. */
    CODE_EXECUTIONS(Family.TOOL_CALLS, Dimension.CODE),

    /** The call itself, 1 unless said otherwise. */
    REQUESTS(Family.REQUESTS);

    private static final Map<String, UsageKind> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(UsageKind::key, kind -> kind));

    private final String key;
    private final Family family;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, which its type does not tell
    private final Set<Dimension> dimensions;

    UsageKind(Family family, Dimension... dimensions) {
        this.key = name().toLowerCase(Locale.ROOT);
        this.family = family;
        this.dimensions = Set.of(dimensions);
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
     * Returns the family in which this kind is counted. Only kinds of one family can be parts of each other.
     *
     * @return the family
     */
    public Family family() {
        return family;
    }

    /**
     * Returns true if this kind counts input of the model.
     *
     * @return true for kinds of the input side
     */
    public boolean isInput() {
        return dimensions.contains(Dimension.INPUT);
    }

    /**
     * Returns true if this kind counts output of the model.
     *
     * @return true for kinds of the output side
     */
    public boolean isOutput() {
        return dimensions.contains(Dimension.OUTPUT);
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
     * Returns the kind that is a part of both this kind and another one, neither of which is a part of the other.
     *
     * @param other another kind
     * @return the kind with the dimensions of both, or null if the two are disjoint or one contains the other
     */
    public @Nullable UsageKind overlapWith(UsageKind other) {
        if (family != other.family || isContainedIn(other) || other.isContainedIn(this)) {
            return null;
        }
        Set<Dimension> both = new HashSet<>(dimensions);
        both.addAll(other.dimensions);
        for (UsageKind kind : values()) {
            if (kind.family == family && kind.dimensions.equals(both)) {
                return kind;
            }
        }
        return null;
    }

    /**
     * Returns true if this kind tells how the tokens came about (cached, from a tool, reasoning, a citation), as opposed
     * to what they stand for.
     *
     * @return true if the kind names a token type
     */
    public boolean hasTokenType() {
        return dimensions.stream().anyMatch(Dimension::isTokenType);
    }

    /**
     * Finds a kind by its name.
     *
     * @param key a name as {@link #key()} gives it
     * @return the kind, or empty if there is none of that name
     */
    public static Optional<UsageKind> ofKey(String key) {
        return Optional.ofNullable(BY_KEY.get(key));
    }

    /**
     * The unit that is counted.
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
        REQUESTS
    }

    private enum Dimension {
        INPUT,
        OUTPUT,
        TEXT,
        AUDIO,
        IMAGE,
        VIDEO,
        COMPUTE,
        CACHE_READ,
        CACHE_WRITE,
        TOOL,
        REASONING,
        CITATION,
        TTL_5M,
        TTL_1H,
        ANNOTATED,
        WEB,
        SOCIAL,
        STORAGE,
        MAP,
        CODE;

        boolean isTokenType() {
            return switch (this) {
                case CACHE_READ, CACHE_WRITE, TOOL, REASONING, CITATION -> true;
                default -> false;
            };
        }
    }
}
