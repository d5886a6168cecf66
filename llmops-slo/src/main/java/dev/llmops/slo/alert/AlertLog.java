package dev.llmops.slo.alert;

import dev.llmops.core.privacy.SafeText;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.status.Incident;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes alert changes to the logger {@code llmops.slo}: pages as errors, other severities as warnings, ends as info. */
final class AlertLog implements AlertListener {

    private static final Logger LOG = LoggerFactory.getLogger("llmops.slo");

    @Override
    public void alertChanged(AlertListener.Change change) {
        Incident incident = change.incident();
        String subject = incident.slo() + (incident.group().isEmpty() ? "" : " " + incident.group());
        // Groups are named by what callers say, such as their tenants.
        Object[] facts = {change.kind(), incident.severity(), SafeText.plain(subject), SafeText.plain(change.reason())};
        String text = "alert {} {} for {}: {}";
        if (change.kind() == AlertListener.Change.Kind.RESOLVED) {
            LOG.info(text, facts);
        } else if (incident.severity().equals(AlertTier.PAGE)) {
            LOG.error(text, facts);
        } else {
            LOG.warn(text, facts);
        }
    }
}
