package dev.llmops.quality;

import dev.llmops.core.record.CallRecord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signal by which a refusal was recognised, the strongest first. A refusal is a completed call; objectives decide if it is
 * bad.
 *
 * @since 0.1.0
 */
public enum RefusalKind {
    /** The provider says that the model refused. */
    PROVIDER_REFUSAL,
    /** The provider's filter removed the answer, or the prompt. */
    CONTENT_FILTERED,
    /** The answer begins with a phrase of refusal: a weak signal. */
    TEXT_REFUSAL;

    private static final int BEGINNING = 200;
    /** The finish reasons by which providers say so. */
    private static final Map<String, RefusalKind> BY_REASON = Map.ofEntries(
            Map.entry("refusal", PROVIDER_REFUSAL),
            Map.entry("content_filter", CONTENT_FILTERED),
            Map.entry("content_filtered", CONTENT_FILTERED),
            Map.entry("guardrail_intervened", CONTENT_FILTERED),
            Map.entry("intervened", CONTENT_FILTERED),
            Map.entry("safety", CONTENT_FILTERED),
            Map.entry("prohibited_content", CONTENT_FILTERED),
            Map.entry("recitation", CONTENT_FILTERED),
            Map.entry("blocklist", CONTENT_FILTERED),
            Map.entry("spii", CONTENT_FILTERED),
            Map.entry("image_safety", CONTENT_FILTERED));

    private static final Pattern PHRASE = Pattern.compile(
            "^\\W*(?:(?:i['’]m |i am )?(?:very |really )?sorry[,.]? (?:but )?)?"
                    + "(?:i (?:can['’]t|cannot|can not|won['’]t|will not|am unable to|am not able to)"
                    + " (?:help|assist|comply|provide|answer|do that|fulfil|fulfill|discuss|create|generate)"
                    + "|i['’]m (?:unable|not able) to (?:help|assist|comply|provide|answer|discuss|create|generate)"
                    + "|as an ai(?: language model)?,? i (?:can['’]t|cannot|am unable))"
                    + "|^[\\s\\p{P}]*(?:很?抱歉|对不起)[,，。!！ ]*(?:我|作为).{0,10}(?:不能|无法|不可以)"
                    + "|^[\\s\\p{P}]*(?:我|作为.{0,10}我)(?:不能|无法)(?:帮助|协助|提供|回答|满足)",
            Pattern.CASE_INSENSITIVE);

    /**
     * Returns the word for it in logs and reports.
     *
     * @return a lower-case word
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Recognises a refusal: from the provider's fields first, and from the first 200 characters of a captured answer last.
     *
     * @param record the call
     * @return the kind, or null if the model did not refuse
     */
    public static @Nullable RefusalKind of(CallRecord record) {
        RefusalKind said = record.isRefusal() ? PROVIDER_REFUSAL : null;
        List<String> reasons = record.finishReasons();
        for (int i = 0; said != PROVIDER_REFUSAL && i < reasons.size(); i++) {
            RefusalKind kind = BY_REASON.get(reasons.get(i).toLowerCase(Locale.ROOT));
            said = kind == null ? said : kind;
        }
        if (said != null) {
            return said;
        }
        String answer = record.content().output();
        return answer != null && isTextRefusal(answer) ? TEXT_REFUSAL : null;
    }

    /**
     * Returns true if a text begins with a phrase of refusal, in English or Chinese.
     *
     * @param answer the answer
     * @return true for a refusal
     */
    public static boolean isTextRefusal(String answer) {
        return PHRASE.matcher(answer.substring(0, Math.min(BEGINNING, answer.length())))
                .find();
    }
}
