package dev.llmops.core.error;

import dev.llmops.core.record.ErrorKind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks errors up in the {@link ErrorTable}: by code, then by the words of a message, then by HTTP status. */
final class ErrorRules {

    /** The strength of a match: the earlier, the stronger. */
    enum Strength {
        CODE,
        TEXT,
        STATUS,
        BROAD_CODE,
        READER_CODE,
        NONE
    }

    /**
     * A kind, and how it was recognised.
     *
     * @param code the code that decided, or null when something else did
     */
    record Match(
            ErrorKind kind, Strength strength, @Nullable String code) {

        boolean isStrongerThan(Match other) {
            return strength.compareTo(other.strength) < 0;
        }
    }

    private static final Map<String, ErrorKind> CODES = new HashMap<>();
    private static final Map<String, ErrorKind> BROAD_CODES = new HashMap<>();
    private static final Map<String, ErrorKind> READER_CODES = new HashMap<>();
    private static final Map<String, ErrorKind> ENDINGS = new HashMap<>();
    private static final Map<Integer, ErrorKind> STATUSES = new HashMap<>();

    static {
        for (ErrorRule rule : ErrorTable.ROWS) {
            rule.codes.forEach(code -> CODES.put(normal(code), rule.kind));
            rule.broadCodes.forEach(code -> BROAD_CODES.put(normal(code), rule.kind));
            rule.readerCodes.forEach(code -> READER_CODES.put(normal(code), rule.kind));
            rule.endings.forEach(ending -> ENDINGS.put(normal(ending), rule.kind));
            rule.statuses.forEach(status -> STATUSES.put(status, rule.kind));
        }
        // Our own words, as a gateway that is built on this library passes them on, unless providers use them vaguely.
        for (ErrorKind kind : ErrorKind.standard()) {
            String name = normal(kind.name());
            if (!BROAD_CODES.containsKey(name)) {
                CODES.putIfAbsent(name, kind);
            }
        }
    }

    private ErrorRules() {}

    /** The meaning of an error by its codes, best first, its HTTP status (0 for none) and its message. */
    static Match match(List<String> codes, int status, @Nullable String message, ErrorKind otherwise) {
        Match best = new Match(otherwise, Strength.NONE, null);
        for (String code : codes) {
            Match match = byCode(code);
            best = match != null && match.isStrongerThan(best) ? match : best;
        }
        if (best.strength == Strength.CODE) {
            return best;
        }
        ErrorKind byStatus = byStatus(status);
        ErrorKind byText = byText(message, refusal(status, byStatus, best));
        if (byText != null) {
            return new Match(byText, Strength.TEXT, null);
        }
        return byStatus == null ? best : new Match(byStatus, Strength.STATUS, null);
    }

    /**
     * Returns the kind by which status or code refuse the request, or null if they do not. A refusal may quote the request,
     * so that the words of its message must not turn it into a failure of the service.
     */
    private static @Nullable ErrorKind refusal(int status, @Nullable ErrorKind byStatus, Match byCode) {
        boolean isRefusal = status >= 400 && status < 500 && !ErrorKind.PROVIDER_UNAVAILABLE.equals(byStatus);
        if (isRefusal) {
            return byStatus;
        }
        boolean refusesByCode = byCode.strength != Strength.NONE && !byCode.kind.countsAgainstAvailability();
        return status == 0 && refusesByCode ? byCode.kind : null;
    }

    static @Nullable Match byCode(String code) {
        String normal = normal(code);
        ErrorKind kind = CODES.get(normal);
        for (Map.Entry<String, ErrorKind> ending : ENDINGS.entrySet()) {
            kind = kind == null && normal.endsWith(ending.getKey()) ? ending.getValue() : kind;
        }
        if (kind != null) {
            return new Match(kind, Strength.CODE, code);
        }
        ErrorKind broad = BROAD_CODES.get(normal);
        if (broad != null) {
            return new Match(broad, Strength.BROAD_CODE, code);
        }
        ErrorKind reader = READER_CODES.get(normal);
        return reader == null ? null : new Match(reader, Strength.READER_CODE, code);
    }

    private static @Nullable ErrorKind byText(@Nullable String message, @Nullable ErrorKind refusal) {
        if (message == null) {
            return null;
        }
        String text = message.toLowerCase(Locale.ROOT);
        for (ErrorRule rule : ErrorTable.ROWS) {
            boolean byOpening = rule.openings.stream().anyMatch(text::startsWith);
            if (byOpening || (refines(rule.kind, refusal) && rule.texts.stream().anyMatch(text::contains))) {
                return rule.kind;
            }
        }
        return null;
    }

    /** Returns true if words may decide: always without a refusal, and for an invalid request as far as it stays one. */
    private static boolean refines(ErrorKind kind, @Nullable ErrorKind refusal) {
        return refusal == null || (refusal.equals(ErrorKind.INVALID_REQUEST) && !kind.countsAgainstAvailability());
    }

    private static @Nullable ErrorKind byStatus(int status) {
        ErrorKind kind = STATUSES.get(status);
        if (kind != null) {
            return kind;
        }
        return status >= 500 ? ErrorKind.PROVIDER_UNAVAILABLE : status >= 400 ? ErrorKind.INVALID_REQUEST : null;
    }

    private static String normal(String code) {
        if (code.startsWith("java")) {
            return code;
        }
        StringBuilder letters = new StringBuilder(code.length());
        code.toLowerCase(Locale.ROOT).chars().filter(Character::isLetterOrDigit).forEach(c -> letters.append((char) c));
        String name = letters.toString();
        return withoutEnding(withoutEnding(name, "exception"), "error");
    }

    private static String withoutEnding(String name, String ending) {
        boolean isMore = name.length() > ending.length() && name.endsWith(ending);
        return isMore ? name.substring(0, name.length() - ending.length()) : name;
    }
}
