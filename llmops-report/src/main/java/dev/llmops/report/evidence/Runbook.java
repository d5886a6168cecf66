package dev.llmops.report.evidence;

import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The steps after a first bad sign, each due by the clock, filled with what already happened. */
final class Runbook {

    private static final Duration NOTICE = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(7);
    private static final Duration EVIDENCE = Duration.ofMinutes(10);

    private final Timeline timeline;
    private final Instant builtAt;
    private final UnaryOperator<String> redactor;

    Runbook(Timeline timeline, Instant builtAt, UnaryOperator<String> redactor) {
        this.timeline = timeline;
        this.builtAt = builtAt;
        this.redactor = redactor;
    }

    Page page(String changeId) {
        Page.Builder page = Page.titled("Runbook of " + changeId);
        // A verdict that lowers exposure is the first sign where nothing else was seen before it.
        Optional<Instant> zero = timeline.first(Timeline.Kind.SIGN, Timeline.Kind.NOTICE, Timeline.Kind.STOP)
                .map(Timeline.Entry::at);
        if (zero.isEmpty()) {
            return page.add(Block.empty("No bad sign was seen: nothing is to be done."))
                    .build();
        }
        Instant at = zero.get();
        Optional<Timeline.Entry> stop = timeline.first(Timeline.Kind.STOP);
        return page.add(Block.paragraph("T is " + at + ", the first bad sign."))
                .add(new Block.Table(
                        "Steps",
                        List.of("due", "step", "done", "what happened"),
                        List.of(
                                step(at, NOTICE, "notice", timeline.first(Timeline.Kind.NOTICE, Timeline.Kind.STOP)),
                                step(at, STOP, "stop the loss", stop),
                                step(at, EVIDENCE, "secure evidence", Optional.of(pack())),
                                step(at, null, "restore", timeline.first(Timeline.Kind.RECOVERY))),
                        ""))
                .add(Block.paragraph("The incident is over when the cases of regression.jsonl are in the regression set"
                        + " and pass: llmops regression run."))
                .build();
    }

    private Timeline.Entry pack() {
        return new Timeline.Entry(builtAt, Timeline.Kind.CHANGE, "llmops", "this pack was built");
    }

    private List<Inline> step(Instant zero, @Nullable Duration due, String name, Optional<Timeline.Entry> done) {
        Inline dueText = Inline.text(due == null ? "" : "T+" + clock(due));
        if (done.isEmpty()) {
            return List.of(dueText, Inline.text(name), Inline.badge("OPEN", Block.Tone.BAD), Inline.text(""));
        }
        Timeline.Entry entry = done.get();
        Duration after = Duration.between(zero, entry.at());
        boolean isLate = due != null && after.compareTo(due) > 0;
        return List.of(
                dueText,
                Inline.text(name),
                isLate ? Inline.badge("LATE", Block.Tone.WARNING) : Inline.badge("DONE", Block.Tone.GOOD),
                Inline.text("T+" + clock(after) + " by " + redactor.apply(entry.by()) + ": "
                        + redactor.apply(entry.text())));
    }

    private static String clock(Duration time) {
        long seconds = time.toSeconds();
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
