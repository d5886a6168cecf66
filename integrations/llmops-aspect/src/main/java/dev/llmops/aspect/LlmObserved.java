package dev.llmops.aspect;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Measures a method as a call of a language model. On a type, measures its public methods, and completes the annotations of
 * its other methods: an element that a method leaves at its default is taken from the type.
 *
 * <pre>{@code
 * @LlmObserved(provider = "openai", model = "gpt-4o", feature = "support")
 * Flux<String> answer(String question, @LlmTag(field = LlmTag.Field.USER) String user) { … }
 * }</pre>
 *
 * <p>What the method returns decides when the call ends: a {@code CompletionStage}, {@code Stream}, {@code Iterator},
 * {@code InputStream}, {@code Flow.Publisher}, {@code Mono} or {@code Flux} ends it by its own end, anything else by
 * returning. A publisher also starts it, once for each subscription.
 *
 * @see LlmObservedAspect
 * @see LlmProxy
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface LlmObserved {

    /**
     * Returns the operation, in the vocabulary of OpenTelemetry's {@code gen_ai.operation.name}.
     *
     * @return lower-case words joined by underscores; {@code chat} by default
     */
    String operation() default "";

    /**
     * Returns the provider, such as {@code openai}.
     *
     * @return the provider; {@code unknown} by default
     */
    String provider() default "";

    /**
     * Returns the requested model; a parameter with {@link LlmTag.Field#MODEL} takes precedence.
     *
     * @return the model; {@code unknown} by default
     */
    String model() default "";

    /**
     * Returns the feature of the application that asks.
     *
     * @return a name of low cardinality; none by default
     */
    String feature() default "";

    /**
     * Returns true if the answer comes in chunks although the return type does not say so. Streams and publishers of
     * several items need not say so.
     *
     * @return true for a stream; false by default
     */
    boolean streaming() default false;

    /**
     * Returns how long the caller is willing to wait. A cancel after that counts as a timeout, so set it where the caller
     * gives up by cancelling, as {@code Flux.timeout} does. Nothing is cancelled.
     *
     * @return milliseconds from the start of the call; 0 by default, for no deadline
     */
    long deadlineMillis() default 0;
}
