package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.ErrorKind;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClassicAlertsTest {

    /** A cancel and a rejection are no errors by their status. */
    private static final Set<ErrorKind> WITH_A_STATUS_OF_THEIR_OWN =
            Set.of(ErrorKind.CANCELLED, ErrorKind.BUDGET_EXCEEDED, ErrorKind.GUARDRAIL);

    @Test
    void high_error_rate_leaves_out_just_the_errors_that_are_the_callers_fault() {
        Set<String> callersFaults = ErrorKind.standard().stream()
                .filter(kind -> !kind.countsAgainstAvailability() && !WITH_A_STATUS_OF_THEIR_OWN.contains(kind))
                .map(ErrorKind::name)
                .collect(Collectors.toSet());

        assertThat(Pattern.compile("kind=~\"([^\"]+)\"")
                        .matcher(ClassicAlerts.yaml())
                        .results())
                .hasSize(2)
                .extracting(MatchResult::group)
                .allSatisfy(selector -> assertThat(
                                Arrays.stream(selector.split("[\"|]")).skip(1))
                        .containsExactlyInAnyOrderElementsOf(callersFaults));
    }
}
