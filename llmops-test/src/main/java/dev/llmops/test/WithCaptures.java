package dev.llmops.test;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives test methods what they capture calls with, as parameters: {@code RecordingListener} for calls and later events,
 * {@link LogCapture}, {@link SpanCapture}. Each test method gets its own; a type that is asked for twice, such as in a
 * {@code @BeforeEach} method and in the test, is the same object.
 *
 * <pre>{@code
 * @Test
 * @WithCaptures
 * void an_answer_is_logged(LogCapture logs) {
 *     LlmOps llmops = LlmOps.builder().listener(logs.listener()).build();
 *     new ChatService(llmops).ask("question");
 *     assertEquals("success", logs.onlyCall().get("status"));
 * }
 * }</pre>
 *
 * <p>Works with JUnit 5 and 6, and together with {@link SloTest}.
 *
 * @since 0.1.0
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CaptureExtension.class)
public @interface WithCaptures {}
