package dev.llmops.release.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EValuesTest {

    @Test
    void the_mean_of_e_values_does_not_overflow() {
        assertThat(EValues.logMean(1_000, 1_000)).isEqualTo(1_000);
        assertThat(EValues.logMean(0, Double.NEGATIVE_INFINITY)).isCloseTo(Math.log(.5), within(1e-15));
        assertThatIllegalArgumentException()
                .isThrownBy(EValues::logMean)
                .withMessageStartingWith("e-values are missing");
    }
}
