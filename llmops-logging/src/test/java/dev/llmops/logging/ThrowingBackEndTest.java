package dev.llmops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

class ThrowingBackEndTest {

    private static final class Throwing extends TurboFilter {
        @Override
        public FilterReply decide(
                Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable t) {
            throw new IllegalStateException("the logging back end is broken");
        }
    }

    @Test
    void a_logging_back_end_that_throws_at_everything_does_not_reach_the_caller() {
        LlmOps llmops = LlmOps.builder().listener(CallLog.toSlf4j()).build();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.addTurboFilter(new Throwing());
        try {
            llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish();
        } finally {
            context.resetTurboFilterList();
        }
        assertThat(llmops.telemetry().values(Telemetry.Kind.FAILURES))
                .containsEntry("CallLog.Slf4jSink", 1L)
                .containsEntry("logger", 1L);
    }
}
