package dev.llmops.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with the settings of a {@link LlmOpsBuilder}, so that all of it is reported at once. */
final class SettingsCheck {

    private static final Duration MIN_ABANDON_AFTER = Duration.ofMillis(1);
    private static final Duration MIN_MAX_AGE = Duration.ofNanos(1);
    private static final int MAX_RECENT_CALLS = 10_000_000;

    private final LlmOpsBuilder settings;
    private final List<String> problems = new ArrayList<>();

    SettingsCheck(LlmOpsBuilder settings) {
        this.settings = settings;
    }

    /** Returns every problem, with property, rule, value and remedy, as a list to add to. */
    List<String> problems() {
        requirePresent("versionSet", settings.versionSet);
        requirePresent("errorClassifier", settings.errorClassifier);
        requirePresent("contentPolicy", settings.contentPolicy);
        requirePresent("ticker", settings.ticker);
        requirePresent("clock", settings.clock);
        requirePresent("telemetry", settings.telemetry);
        settings.listeners.forEach(listener -> requirePresent("listener", listener));
        settings.enrichers.forEach(enricher -> requirePresent("enricher", enricher));
        requireAtLeast("abandonAfter", MIN_ABANDON_AFTER, settings.abandonAfter, "pass e.g. PT1H");
        requireAtLeast("recentCalls maxAge", MIN_MAX_AGE, settings.recentCallsMaxAge, "pass e.g. PT24H");
        if (settings.recentCalls < 0 || settings.recentCalls > MAX_RECENT_CALLS) {
            problems.add("recentCalls is out of range (" + settings.recentCalls + ") — 0 to " + MAX_RECENT_CALLS
                    + " is allowed — pass 0 to keep none");
        }
        return problems;
    }

    private void requirePresent(String property, @Nullable Object value) {
        if (value == null) {
            problems.add(property + " is null — a value is required — leave the setting out to keep its default");
        }
    }

    private void requireAtLeast(String property, Duration minimum, @Nullable Duration value, String remedy) {
        requirePresent(property, value);
        if (value != null && value.compareTo(minimum) < 0) {
            problems.add(property + " is too short (" + value + ") — at least " + minimum + " is allowed — " + remedy);
        }
    }
}
