package dev.llmops.slo.alert;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.Statuses;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AlertLogTest {

    @Test
    void a_tenant_that_a_stranger_names_forges_no_line() {
        Logger logger = (Logger) LoggerFactory.getLogger("llmops.slo");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        Instant at = Instant.EPOCH;
        Map<Dimension, String> group = Map.of(Dimension.TENANT, "acme\n12:00 ERROR forged\u001b[2K");
        Incident incident = new Incident("i", "answers", group, "ticket", at, at, null, 0, null);
        try {
            AlertListener.logging()
                    .alertChanged(new AlertListener.Change(
                            AlertListener.Change.Kind.FIRING, at, incident, Statuses.ofInstance(at), "ticket fires"));
        } finally {
            logger.setLevel(Level.OFF);
            logger.detachAppender(log);
        }
        assertThat(log.list.get(0).getFormattedMessage())
                .isEqualTo("alert FIRING ticket for answers {tenant=acme 12:00 ERROR forged}: ticket fires");
    }
}
