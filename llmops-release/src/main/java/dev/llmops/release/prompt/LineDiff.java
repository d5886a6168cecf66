package dev.llmops.release.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The difference of two texts by their longest common subsequence of lines, with three lines around each change. */
final class LineDiff {

    private static final int CONTEXT = 3;

    /** The size of the table above which texts are compared as a whole. */
    private static final long MAX_PAIRS = 4_000_000;

    /** A line with its mark: a space, a minus or a plus. */
    private record Line(char mark, String text) {}

    private LineDiff() {}

    /** Returns hunks in the unified format. */
    static String between(List<String> before, List<String> after) {
        List<Line> lines = lines(before, after);
        StringBuilder hunks = new StringBuilder();
        int oldLine = 1;
        int newLine = 1;
        int at = 0;
        while (at < lines.size()) {
            int change = nextChange(lines, at);
            if (change == lines.size()) {
                break;
            }
            int start = Math.max(at, change - CONTEXT);
            oldLine += start - at;
            newLine += start - at;
            int end = endOfHunk(lines, change);
            List<Line> hunk = lines.subList(start, end);
            int oldCount = count(hunk, '-');
            int newCount = count(hunk, '+');
            hunks.append("@@ -").append(range(oldLine, oldCount));
            hunks.append(" +").append(range(newLine, newCount)).append(" @@\n");
            hunk.forEach(line -> hunks.append(line.mark).append(line.text).append('\n'));
            oldLine += oldCount;
            newLine += newCount;
            at = end;
        }
        return hunks.toString();
    }

    private static int nextChange(List<Line> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).mark == ' ') {
            at++;
        }
        return at;
    }

    /** A hunk goes on while no more than twice the context lies between two changes. */
    private static int endOfHunk(List<Line> lines, int change) {
        int last = change;
        for (int at = change; at < lines.size() && at - last <= 2 * CONTEXT + 1; at++) {
            if (lines.get(at).mark != ' ') {
                last = at;
            }
        }
        return Math.min(lines.size(), last + 1 + CONTEXT);
    }

    private static int count(List<Line> hunk, char mark) {
        return (int) hunk.stream()
                .filter(line -> line.mark == ' ' || line.mark == mark)
                .count();
    }

    private static String range(int start, int count) {
        return (count == 0 ? start - 1 : start) + "," + count;
    }

    private static List<Line> lines(List<String> before, List<String> after) {
        if ((long) before.size() * after.size() > MAX_PAIRS) {
            return Stream.concat(
                            before.stream().map(text -> new Line('-', text)),
                            after.stream().map(text -> new Line('+', text)))
                    .toList();
        }
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                lines.add(new Line(' ', before.get(i++)));
                j++;
            } else if (i < before.size() && (j == after.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', before.get(i++)));
            } else {
                lines.add(new Line('+', after.get(j++)));
            }
        }
        return lines;
    }
}
