package dev.llmops.quality.heuristic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The customary heuristics over answers in English and Chinese. Pure; time is linear in the length of the answer, of which
 * the first {@value #MAX_LENGTH} characters are read.
 */
final class Heuristics {

    /** Characters of an answer that are read. */
    static final int MAX_LENGTH = 20_000;

    private static final Pattern CODE_BLOCK = Pattern.compile("```[^`]*+```");
    private static final Pattern LINK = Pattern.compile("https?://[^\\s)\\]>]++");
    private static final Pattern UNCERTAIN = Pattern.compile(
            "\\b(?:i (?:think|believe|guess|suppose)|i['’]?m not (?:sure|certain)|i am not (?:sure|certain)|maybe|perhaps"
                    + "|possibly|probably|it (?:might|may|could) be|as far as i know|not entirely sure)\\b"
                    + "|我(?:觉得|认为|猜)|不(?:太)?确定|也许|或许|大概|可能|应该是|据我所知",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OVER_PRECISE =
            Pattern.compile("(?<![\\d.])\\d{1,3}\\.\\d{2,}+ ?(?:%|percent\\b|％)|(?<![\\d.])\\d++\\.\\d{5,}+");
    private static final Pattern TOXIC = Pattern.compile(
            "\\b(?:idiots?|stupid|morons?|dumb(?:ass)?|shut up|go to hell|bastards?|bullshit|fuck(?:ing|ed)?|assholes?"
                    + "|kill yourself)\\b|白痴|笨蛋|蠢货|傻逼|混蛋|滚开|去死|废物",
            Pattern.CASE_INSENSITIVE);

    private static final int SHORT_UNDER = 10;
    private static final int LONG_FROM = 8_000;
    private static final int MANY_LINKS = 10;

    private Heuristics() {}

    /**
     * Scores an answer. An uncertain phrase and an over-precise figure take off 0.1 each, at most 0.3 and 0.2; a toxic word
     * takes off 0.5, a length under ten characters 0.3, a very long answer 0.1, more than ten links 0.1.
     *
     * @param answer the answer
     * @return the figures
     */
    static HeuristicScore score(String answer) {
        String read = answer.length() > MAX_LENGTH ? answer.substring(0, MAX_LENGTH) : answer;
        String prose = CODE_BLOCK.matcher(read).replaceAll(" ");
        int uncertain = count(UNCERTAIN, prose);
        int precise = count(OVER_PRECISE, prose);
        int toxic = count(TOXIC, prose);
        int links = count(LINK, read);
        double penalty = Math.min(0.3, 0.1 * uncertain)
                + Math.min(0.2, 0.1 * precise)
                + (toxic > 0 ? 0.5 : 0)
                + lengthPenalty(answer.strip().length())
                + (links > MANY_LINKS ? 0.1 : 0);
        return new HeuristicScore(
                uncertain, precise, toxic, answer.length(), count(CODE_BLOCK, read), links, Math.max(0, 1 - penalty));
    }

    private static double lengthPenalty(int length) {
        if (length < SHORT_UNDER) {
            return 0.3;
        }
        return length > LONG_FROM ? 0.1 : 0;
    }

    private static int count(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
