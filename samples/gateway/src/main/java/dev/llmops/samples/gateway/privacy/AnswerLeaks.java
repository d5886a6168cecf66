package dev.llmops.samples.gateway.privacy;

import dev.llmops.core.LlmCall;
import dev.llmops.quality.risk.Guardrails;
import dev.llmops.quality.risk.LeakDetector;
import dev.llmops.quality.risk.Risk;
import dev.llmops.redaction.Redactor;
import dev.llmops.redaction.detect.Finding;
import dev.llmops.redaction.detect.PiiTypes;
import java.util.List;
import java.util.Set;

/** Finds private data in answers that was not in their prompts, and records it as a risk of the call. */
final class AnswerLeaks {

    private static final Set<String> SECRETS = Set.of(
            PiiTypes.API_KEY,
            PiiTypes.PRIVATE_KEY,
            PiiTypes.SECRET_ASSIGNMENT,
            PiiTypes.CRYPTO_KEY,
            PiiTypes.PASSWORD_HASH);

    private AnswerLeaks() {}

    /** Records what leaks; call before the call ends. */
    static void record(LlmCall call, Redactor redactor, String prompt, String answer) {
        Guardrails.builder()
                .guard(
                        Guardrails.Phase.OUTPUT,
                        new LeakDetector(text -> typesIn(redactor, prompt, text), SECRETS),
                        Risk.Action.LOGGED)
                .build()
                .check(call, Guardrails.Phase.OUTPUT, answer);
    }

    private static List<String> typesIn(Redactor redactor, String prompt, String answer) {
        return redactor.redact(answer).findings().stream()
                .filter(finding -> !prompt.contains(answer.substring(finding.start(), finding.end())))
                .map(Finding::type)
                .toList();
    }
}
