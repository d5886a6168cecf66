package dev.llmops.redaction.internal.scan;

import dev.llmops.redaction.internal.personal.PhoneCheck;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;
import java.time.LocalDate;

/** Counts how often a scan reads a character of its text: a cost that is the same on every machine. */
final class Reads {

    private Reads() {}

    static long of(String text) {
        CountingSource source = new CountingSource(Unescaped.of(text));
        new Scanner(source, PhoneCheck.NONE, () -> LocalDate.of(2026, 10, 1)).run();
        return source.reads;
    }

    private static final class CountingSource extends Source {

        private long reads;

        CountingSource(Unescaped text) {
            super(text);
        }

        @Override
        public char raw(int index) {
            reads++;
            return super.raw(index);
        }

        @Override
        public char at(int index) {
            reads++;
            return super.at(index);
        }
    }
}
