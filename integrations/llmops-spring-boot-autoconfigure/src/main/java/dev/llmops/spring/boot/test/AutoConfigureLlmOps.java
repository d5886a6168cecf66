package dev.llmops.spring.boot.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Adds the auto-configuration of llmops to a test that loads a slice of the application, such as one with
 * {@code @WebMvcTest}, and a {@link dev.llmops.core.testing.RecordingListener} bean that keeps the records of its calls.
 *
 * <pre>{@code
 * @WebMvcTest(AnswerController.class)
 * @AutoConfigureLlmOps
 * class AnswerControllerTest {
 *     @Autowired RecordingListener calls;
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureLlmOps {}
