package dev.llmops.cost.imports;

import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.ServiceTiers;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of LiteLLM's price file: {@code cache_read_input_token_cost_above_200k_tokens_priority} is the price
 * of tokens read from a cache, in prompts of more than 200,000 tokens, at the priority tier.
 *
 * @param above the prompt size in tokens that must be exceeded, 0 for none
 */
record LiteLlmKey(UsageKind kind, BigDecimal per, String serviceTier, long above) {

    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final Pattern THRESHOLD = Pattern.compile("(.+)_above_(\\d{1,9})k_tokens");

    private static final Map<String, String> TIER_SUFFIXES = Map.of(
            "_priority", ServiceTiers.PRIORITY,
            "_flex", ServiceTiers.FLEX,
            "_ultrafast", "ultrafast",
            "_batches", ServiceTiers.BATCH,
            "_batch_requests", ServiceTiers.BATCH);

    private static final Map<String, UsageKind> KINDS = new HashMap<>();

    static {
        KINDS.put("input_cost_per_token", UsageKind.INPUT_TOKENS);
        KINDS.put("output_cost_per_token", UsageKind.OUTPUT_TOKENS);
        KINDS.put("output_cost_per_reasoning_token", UsageKind.OUTPUT_REASONING_TOKENS);
        KINDS.put("citation_cost_per_token", UsageKind.OUTPUT_CITATION_TOKENS);
        KINDS.put("cache_read_input_token_cost", UsageKind.CACHE_READ_TOKENS);
        KINDS.put("input_cost_per_token_cache_hit", UsageKind.CACHE_READ_TOKENS);
        KINDS.put("cache_creation_input_token_cost", UsageKind.CACHE_WRITE_TOKENS);
        // A cache lifetime, not a number of tokens.
        KINDS.put("cache_creation_input_token_cost_above_1hr", UsageKind.CACHE_WRITE_1H_TOKENS);
        KINDS.put("cache_read_input_audio_token_cost", UsageKind.CACHE_AUDIO_READ_TOKENS);
        KINDS.put("cache_read_input_image_token_cost", UsageKind.CACHE_IMAGE_READ_TOKENS);
        KINDS.put("cache_creation_input_audio_token_cost", UsageKind.CACHE_AUDIO_WRITE_TOKENS);
        KINDS.put("input_cost_per_audio_token", UsageKind.INPUT_AUDIO_TOKENS);
        KINDS.put("input_cost_per_image_token", UsageKind.INPUT_IMAGE_TOKENS);
        KINDS.put("input_cost_per_video_token", UsageKind.INPUT_VIDEO_TOKENS);
        KINDS.put("output_cost_per_audio_token", UsageKind.OUTPUT_AUDIO_TOKENS);
        KINDS.put("output_cost_per_image_token", UsageKind.OUTPUT_IMAGE_TOKENS);
        KINDS.put("output_cost_per_video_token", UsageKind.OUTPUT_VIDEO_TOKENS);
        KINDS.put("input_cost_per_character", UsageKind.INPUT_CHARACTERS);
        KINDS.put("output_cost_per_character", UsageKind.OUTPUT_CHARACTERS);
        KINDS.put("input_cost_per_image", UsageKind.INPUT_IMAGES);
        KINDS.put("output_cost_per_image", UsageKind.OUTPUT_IMAGES);
        KINDS.put("input_cost_per_pixel", UsageKind.INPUT_PIXELS);
        KINDS.put("output_cost_per_pixel", UsageKind.OUTPUT_PIXELS);
        KINDS.put("input_cost_per_audio_per_second", UsageKind.INPUT_AUDIO_SECONDS);
        KINDS.put("input_cost_per_video_per_second", UsageKind.INPUT_VIDEO_SECONDS);
        KINDS.put("output_cost_per_video_per_second", UsageKind.OUTPUT_VIDEO_SECONDS);
        KINDS.put("input_cost_per_query", UsageKind.RERANK_SEARCHES);
        KINDS.put("input_cost_per_request", UsageKind.REQUESTS);
        KINDS.put("ocr_cost_per_page", UsageKind.INPUT_DOCUMENT_PAGES);
        KINDS.put("annotation_cost_per_page", UsageKind.INPUT_ANNOTATED_DOCUMENT_PAGES);
        KINDS.put("code_interpreter_cost_per_session", UsageKind.CODE_EXECUTIONS);
        KINDS.put("file_search_cost_per_1k_calls", UsageKind.STORAGE_SEARCHES);
        KINDS.put("google_maps_grounding_cost_per_query", UsageKind.MAP_SEARCHES);
    }

    /** Reads a key; {@code mode} is the entry's, and tells what a second is a second of. */
    static Optional<LiteLlmKey> parse(String key, String mode) {
        String rest = key;
        String tier = ServiceTiers.STANDARD;
        for (Map.Entry<String, String> suffix : TIER_SUFFIXES.entrySet()) {
            if (rest.endsWith(suffix.getKey())) {
                rest = rest.substring(0, rest.length() - suffix.getKey().length());
                tier = suffix.getValue();
                break;
            }
        }
        long above = 0;
        Matcher threshold = THRESHOLD.matcher(rest);
        if (threshold.matches()) {
            rest = threshold.group(1);
            above = Long.parseLong(threshold.group(2)) * 1_000;
        }
        UsageKind kind = kind(rest, mode);
        if (kind == null) {
            return Optional.empty();
        }
        return Optional.of(new LiteLlmKey(kind, kind.equals(UsageKind.STORAGE_SEARCHES) ? THOUSAND : ONE, tier, above));
    }

    private static @org.jspecify.annotations.Nullable UsageKind kind(String base, String mode) {
        boolean audio = mode.startsWith("audio");
        boolean video = mode.startsWith("video");
        return switch (base) {
            case "input_cost_per_second" -> audio ? UsageKind.INPUT_AUDIO_SECONDS : UsageKind.COMPUTE_SECONDS;
            case "output_cost_per_second" -> {
                if (video) {
                    yield UsageKind.OUTPUT_VIDEO_SECONDS;
                }
                yield audio ? UsageKind.OUTPUT_AUDIO_SECONDS : UsageKind.COMPUTE_SECONDS;
            }
            default -> KINDS.get(base);
        };
    }
}
