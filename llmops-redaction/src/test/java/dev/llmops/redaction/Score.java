package dev.llmops.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Right, missed and wrong findings by family of data. */
final class Score {

    private final Map<String, Tally> tallies = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();

    /** A value that is there: found, or missed. */
    void count(boolean found, String family, String text) {
        of(family).right += found ? 1 : 0;
        of(family).missed += found ? 0 : 1;
        note(found, "missed " + family, text);
    }

    /** A place where no value is: left alone, which is no merit, or reported. */
    void countAbsence(boolean leftAlone, String family, String text) {
        of(family).wrong += leftAlone ? 0 : 1;
        note(leftAlone, "wrong " + family, text);
    }

    private void note(boolean right, String mistake, String text) {
        if (!right) {
            mistakes.add(mistake + " in " + text);
        }
    }

    Tally of(String family) {
        return tallies.computeIfAbsent(family, unused -> new Tally());
    }

    Map<String, Tally> tallies() {
        return tallies;
    }

    List<String> mistakes() {
        return mistakes;
    }

    String table() {
        StringBuilder table = new StringBuilder("family           right missed wrong  precision recall%n".formatted());
        tallies.forEach((family, tally) -> table.append("%-16s %5d %6d %5d  %9.4f %6.4f%n"
                .formatted(family, tally.right, tally.missed, tally.wrong, tally.precision(), tally.recall())));
        return table.toString();
    }

    /** The counts of one family. */
    static final class Tally {

        private int right;
        private int missed;
        private int wrong;

        double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }

        double recall() {
            return right + missed == 0 ? 1 : (double) right / (right + missed);
        }

        int expected() {
            return right + missed;
        }
    }
}
