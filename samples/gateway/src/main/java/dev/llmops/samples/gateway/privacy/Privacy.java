package dev.llmops.samples.gateway.privacy;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.LlmCall;
import dev.llmops.core.record.Redaction;
import dev.llmops.core.version.VersionSet;
import dev.llmops.redaction.RedactionEnricher;
import dev.llmops.redaction.Redactor;
import dev.llmops.redaction.Replacement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is private out of everything that the gateway shows. In texts, a label stands in its place. In names, of
 * users for example, it is a pseudonym, so that two users stay two. Thread-safe.
 */
public final class Privacy {

    private static final String KEY_ID = "1";

    private final Redactor texts = Redactor.ofDefaults();
    private final Redactor names;

    /**
     * Creates the redactors.
     *
     * @param key makes the pseudonyms
     */
    public Privacy(byte[] key) {
        names = Redactor.builder()
                .defaultReplacement(Replacement.keyedHash(KEY_ID, key))
                .build();
    }

    public String text(String text) {
        return texts.redact(text).text();
    }

    public String name(String name) {
        return names.redact(name).text();
    }

    @Nullable
    public String nameOrNull(@Nullable String name) {
        return name == null ? null : name(name);
    }

    public boolean isClean(String text) {
        return texts.redact(text).status() == Redaction.Status.CLEAN;
    }

    /** Records private data of an answer that its prompt did not hold as a risk; call before the call ends. */
    public void recordLeaks(LlmCall call, String prompt, String answer) {
        AnswerLeaks.record(call, texts, prompt, answer);
    }

    /** The versions in which nothing is private. */
    public VersionSet versions(VersionSet versions) {
        Map<String, String> clean = new LinkedHashMap<>(versions.parts());
        // The word keeps a version of four numbers from passing for an address.
        clean.entrySet().removeIf(part -> !isClean(part.getKey() + " version " + part.getValue()));
        return VersionSet.of(clean);
    }

    /** Redacts what clients and providers have put into the record of a call, and what is said of it later. */
    public CallEnricher enricher() {
        return RedactionEnricher.using(texts, names);
    }
}
