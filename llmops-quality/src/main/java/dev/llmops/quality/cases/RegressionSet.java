package dev.llmops.quality.cases;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Runs a parameterized test of JUnit once for each case of a regression set.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @RegressionSet("src/test/resources/regression.jsonl")
 * void known_cases_are_answered(RegressionCase known) {
 *     assertThat(runner.run(known).failures()).isEmpty();
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(RegressionSetProvider.class)
public @interface RegressionSet {

    /**
     * Returns the path of the regression set.
     *
     * @return a path, relative to the working directory of the test
     */
    String value();
}
