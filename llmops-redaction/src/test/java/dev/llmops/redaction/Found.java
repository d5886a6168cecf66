package dev.llmops.redaction;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What a redactor with defaults finds, as {@code TYPE value}; today is the first of October 2026. */
public final class Found {

    static final Redactor REDACTOR = Redactor.builder()
            .clock(Clock.fixed(Instant.parse("2026-10-01T00:00:00Z"), ZoneOffset.UTC))
            .build();

    private Found() {}

    public static List<String> in(String text) {
        return REDACTOR.redact(text).findings().stream()
                .map(finding -> finding.type() + " " + text.substring(finding.start(), finding.end()))
                .toList();
    }
}
