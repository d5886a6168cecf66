package dev.llmops.redaction.internal.scan;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.personal.PhoneCheck;
import dev.llmops.redaction.internal.secret.EncodedSecrets;
import dev.llmops.redaction.internal.text.MatchSpans;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/** Looks for secrets in text that was base64; base64 inside it is not decoded again. */
final class DecodedText implements EncodedSecrets.Judge {

    private static final Set<String> SECRETS = Set.of(
            PiiTypes.PRIVATE_KEY,
            PiiTypes.API_KEY,
            PiiTypes.JWT,
            PiiTypes.BEARER,
            PiiTypes.SECRET_ASSIGNMENT,
            PiiTypes.URL_CREDENTIALS);

    @Override
    public String secretIn(String decoded) {
        Source source = new Source(Unescaped.of(decoded));
        MatchSpans found = new Scanner(source, PhoneCheck.NONE, () -> LocalDate.now(ZoneOffset.UTC), text -> "").run();
        for (int i = 0; i < found.size(); i++) {
            if (SECRETS.contains(found.type(i))) {
                return found.type(i);
            }
        }
        return "";
    }
}
