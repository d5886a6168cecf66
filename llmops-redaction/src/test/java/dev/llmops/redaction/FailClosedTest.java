package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.llmops.core.record.Redaction;
import dev.llmops.redaction.detect.Finding;
import dev.llmops.redaction.detect.PiiDetector;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailClosedTest {

    private static final String SECRET = "the patient is Li Na";

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Redactor.class);

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(logged);
    }

    private static Redactor with(PiiDetector detector) {
        return Redactor.builder().detector(detector).build();
    }

    private static void assertDropped(RedactedText redacted) {
        assertThat(redacted.text()).isEqualTo("[REDACTION_FAILED]");
        assertThat(redacted.status()).isEqualTo(Redaction.Status.DROPPED);
        assertThat(redacted.findings()).isEmpty();
    }

    @Test
    void text_is_dropped_when_a_detector_throws() {
        Redactor redactor = with(text -> {
            throw new IllegalStateException("cannot judge: " + text);
        });
        assertDropped(redactor.redact(SECRET));
        assertThat(redactor.droppedTexts()).isEqualTo(1);
    }

    @Test
    void text_is_dropped_when_a_detector_fails_with_an_error() {
        assertDropped(with(text -> {
                    throw new StackOverflowError(text);
                })
                .redact(SECRET));
    }

    @Test
    void text_is_dropped_when_a_finding_lies_outside_it() {
        assertDropped(with(text -> List.of(new Finding("PERSON", 0, text.length() + 1)))
                .redact(SECRET));
    }

    @Test
    void text_is_dropped_when_it_is_too_long() {
        assertDropped(Redactor.builder().maxLength(8).build().redact(SECRET));
    }

    @Test
    void session_drops_the_text_too() {
        Redactor redactor = with(text -> {
            throw new Exception(text);
        });
        try (RedactionSession session = redactor.openSession()) {
            assertDropped(session.redact(SECRET));
        }
    }

    @Test
    void failure_is_logged_once_and_without_the_text() {
        Redactor redactor = with(text -> {
            throw new IllegalStateException(text, new IllegalArgumentException(text));
        });
        redactor.redact(SECRET);
        redactor.redact(SECRET);

        assertThat(logged.list).hasSize(1);
        ILoggingEvent event = logged.list.get(0);
        assertThat(event.getFormattedMessage())
                .contains("threw java.lang.IllegalStateException; the text is dropped")
                .doesNotContain("patient");
        assertThat(event.getThrowableProxy()).isNull();
    }
}
