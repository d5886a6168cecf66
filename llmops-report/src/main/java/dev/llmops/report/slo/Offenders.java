package dev.llmops.report.slo;

import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The table of the events that spent the most budget. */
final class Offenders {

    private final @Nullable UnaryOperator<String> redactor;

    Offenders(@Nullable UnaryOperator<String> redactor) {
        this.redactor = redactor;
    }

    Block table(List<JudgedEvent> offenders) {
        List<String> columns = new ArrayList<>(List.of("request", "model", "versions", "started", "measured"));
        if (redactor != null) {
            columns.add("message");
        }
        return new Block.Table(
                "Worst offenders", columns, offenders.stream().map(this::row).toList(), "No event spent the budget.");
    }

    private List<Inline> row(JudgedEvent offender) {
        List<Inline> cells = new ArrayList<>(List.of(
                Inline.code(offender.id()),
                Inline.text(offender.call().provider() + "/" + offender.call().requestModel()),
                Inline.code(offender.call().versionSet().id()),
                Inline.text(offender.call()
                        .startedAt()
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString()),
                Inline.text(offender.value())));
        if (redactor != null) {
            cells.add(Inline.text(message(redactor, offender.message())));
        }
        return cells;
    }

    private static String message(UnaryOperator<String> redactor, String message) {
        try {
            return message.isEmpty() ? "" : redactor.apply(message);
        } catch (RuntimeException e) {
            return "(left out: redaction failed)";
        }
    }
}
