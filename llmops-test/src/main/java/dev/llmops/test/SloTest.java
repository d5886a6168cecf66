package dev.llmops.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that passes when its traffic met its objectives. The method takes a {@link SloRun}, lets it see traffic, and
 * returns; then every objective is judged, and the report and an index over all reports are written to
 * {@code target/llmops/}.
 *
 * <pre>{@code
 * @SloTest(objectives = "objectives.yml")
 * void answers_start_quickly(SloRun run) {
 *     LlmOps llmops = LlmOps.builder().listener(run).build();
 *     ChatService service = new ChatService(llmops);
 *     run.load(400, 8, i -> service.ask("question " + i));
 * }
 * }</pre>
 *
 * <p>Works with JUnit 5 and 6.
 *
 * @since 0.1.0
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(SloExtension.class)
public @interface SloTest {

    /** Configuration parameter of JUnit that sets the folder of reports: {@value}; {@code target/llmops} by default. */
    String REPORTS_PROPERTY = "llmops.reports";

    /**
     * Returns the files of the objectives, in the format of {@code llmops-slo}.
     *
     * @return names on the class path, or else paths from the working directory
     */
    String[] objectives();

    /**
     * Returns the rule for an objective with too few events.
     *
     * @return by default {@link InsufficientData#FAIL}
     */
    InsufficientData insufficientData() default InsufficientData.FAIL;

    /**
     * The rule for an objective with too few events for a certain verdict.
     *
     * @since 0.1.0
     */
    enum InsufficientData {
        /** The test fails and says how many events are needed. */
        FAIL,
        /** The test passes if the observed share of bad events lies within the budget. */
        JUDGE_BY_OBSERVED_RATIO
    }
}
