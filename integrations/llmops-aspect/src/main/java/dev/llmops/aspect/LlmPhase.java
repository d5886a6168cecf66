package dev.llmops.aspect;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Records a method as a phase of the call that is current, such as {@code retrieval}. It ends with what the method returns:
 * a {@code CompletionStage}, {@code Mono} or {@code Flux} when it terminates, anything else at once.
 *
 * <p>A method that runs outside any call is not recorded, which is counted under {@code llm.telemetry.dropped}.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface LlmPhase {

    /**
     * Returns the name of the phase.
     *
     * @return the name, of low cardinality; by default that of the method
     */
    String value() default "";
}
