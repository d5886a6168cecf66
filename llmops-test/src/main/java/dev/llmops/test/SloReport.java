package dev.llmops.test;

import dev.llmops.slo.Durations;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.WindowBurn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/** The HTML page of a run: self-contained, no script, no network. */
final class SloReport {

    private static final int OFFENDERS = 10;

    private final StringBuilder html = new StringBuilder();

    private SloReport() {}

    static String of(SloRun run) {
        SloReport report = new SloReport();
        report.head(run);
        run.statuses().forEach(status -> report.objective(run, status));
        report.html.append("</main></body></html>\n");
        return report.html.toString();
    }

    private void head(SloRun run) {
        html.append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>SLO report</title><style>")
                .append(style())
                .append("</style></head><body><main><h1>SLO report</h1><p>")
                .append(run.calls().size())
                .append(" calls and ")
                .append(run.events().size())
                .append(" later events were held against these objectives.</p>");
    }

    private static String style() {
        try (InputStream css = Objects.requireNonNull(SloReport.class.getResourceAsStream("report.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void objective(SloRun run, SloStatus status) {
        String state = status.state().name();
        html.append("<section class=\"").append(state.toLowerCase(Locale.ROOT)).append("\"><h2>");
        text(status.objective().name());
        status.group().forEach((dimension, value) -> text(" · " + dimension.label() + "=" + value));
        html.append(" <span class=\"state\">").append(state.replace('_', ' ')).append("</span></h2><p>");
        text(status.objective().toString());
        html.append("</p><p>");
        text(status.reason());
        html.append("</p>");
        html.append(BurnDownChart.of(
                run.judged(status), status.objective().budget().ratio().doubleValue()));
        windows(status.burnRates());
        offenders(run.offenders(status, OFFENDERS));
        html.append("</section>");
    }

    private void windows(List<WindowBurn> burns) {
        html.append(
                "<table><caption>Windows</caption><tr><th>window</th><th>events</th><th>bad</th><th>burn rate</th></tr>");
        for (WindowBurn burn : burns) {
            html.append("<tr><td>");
            text(Durations.format(burn.window()));
            html.append("</td><td>").append(number("%,.0f", burn.counts().total()));
            html.append("</td><td>")
                    .append(number(
                            wholeOrNot(burn.counts().bad()), burn.counts().bad()));
            html.append("</td><td>").append(burnRate(burn.burnRate())).append("</td></tr>");
        }
        html.append("</table>");
    }

    /** Means of scores count in parts. */
    private static String wholeOrNot(double events) {
        return events == Math.rint(events) ? "%,.0f" : "%,.2f";
    }

    private static String burnRate(OptionalDouble rate) {
        return rate.isPresent() ? number("%.2f ×", rate.getAsDouble()) : "no data";
    }

    private void offenders(List<Offender> offenders) {
        if (offenders.isEmpty()) {
            html.append("<p>No event spent the budget.</p>");
            return;
        }
        html.append("<table><caption>Worst offenders</caption><tr><th>request</th><th>model</th><th>versions</th>")
                .append("<th>started</th><th>measured</th></tr>");
        for (Offender offender : offenders) {
            String request = offender.call().requestId();
            html.append("<tr><td>");
            text(request == null ? offender.call().callId().toString() : request);
            html.append("</td><td>");
            text(offender.call().provider() + "/" + offender.call().requestModel());
            html.append("</td><td>");
            text(offender.call().versionSet().id());
            html.append("</td><td>");
            text(offender.call().startedAt().toString());
            html.append("</td><td>");
            text(offender.value());
            html.append("</td></tr>");
        }
        html.append("</table>");
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private void text(String text) {
        html.append(text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;"));
    }
}
