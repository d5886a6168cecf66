package dev.llmops.core.error;

import dev.llmops.core.internal.Truncation;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Classifies exceptions by the names of their classes, and by the status and the error body that clients put into their
 * messages. Of all exceptions in a chain of causes, the most exact one decides, and the outermost of those.
 */
final class StandardErrorClassifier implements ErrorClassifier {

    static final StandardErrorClassifier INSTANCE = new StandardErrorClassifier();

    private static final int MAX_CAUSES = 16;

    /** Classes that only wrap another exception. */
    private static final Set<String> WRAPPERS = Set.of(
            "java.util.concurrent.CompletionException",
            "java.util.concurrent.ExecutionException",
            "java.lang.reflect.InvocationTargetException",
            "java.lang.reflect.UndeclaredThrowableException",
            "java.io.UncheckedIOException",
            "reactor.core.Exceptions$ReactiveException");

    /** Messages by which I/O exceptions of clients say that they were cancelled. */
    private static final Set<String> CANCELLATIONS =
            Set.of("canceled", "cancelled", "interrupted", "thread interrupted");

    /** The message by which OkHttp says that a whole call took too long; the connection that it closed is only the cause. */
    private static final String CALL_TIMEOUT = "timeout";

    private static final List<String> STATUS_MARKS =
            List.of("http ", "status code", "statuscode", "status: ", "status=");

    private record Finding(ErrorRules.Match match, Throwable error, int status) {}

    private StandardErrorClassifier() {}

    @Override
    public CallError classify(Throwable error) {
        Finding best = null;
        boolean answered = true;
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            if (!WRAPPERS.contains(cause.getClass().getName()) || cause.getCause() == null) {
                Finding finding = find(cause);
                best = best == null || outranks(finding, best) ? finding : best;
                answered = answered && !ConnectionErrors.isUnanswered(cause);
            }
        }
        return best == null ? CallError.of(ErrorKind.INTERNAL) : callError(best, answered);
    }

    /** A cancel that surfaces as another failure stays a cancel, but a timeout enforced by a cancel stays a timeout. */
    private static boolean outranks(Finding cause, Finding best) {
        boolean isCancel =
                cause.match.kind().equals(ErrorKind.CANCELLED) && cause.match.strength() == ErrorRules.Strength.CODE;
        return isCancel ? !best.match.kind().equals(ErrorKind.TIMEOUT) : cause.match.isStrongerThan(best.match);
    }

    private static CallError callError(Finding finding, boolean answered) {
        String code = finding.match.code();
        CallError error = new CallError(
                finding.match.kind(),
                code != null ? code : className(finding.error),
                finding.status == 0 ? OptionalInt.empty() : OptionalInt.of(finding.status),
                message(finding.error));
        return answered ? error : error.withoutAnswer();
    }

    private static String className(Throwable error) {
        String name = error.getClass().getName();
        return name.substring(Math.max(0, name.length() - CallError.MAX_TYPE_LENGTH));
    }

    /** An exception that cannot even say its message must not hide the failure that it reports. */
    private static @Nullable String message(Throwable error) {
        try {
            return error.getMessage();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static Finding find(Throwable error) {
        ErrorRules.Match byClass = byClass(error);
        String message = message(error);
        if (message == null) {
            return new Finding(byClass, error, 0);
        }
        boolean isJdk = isJdk(error.getClass());
        String text = Truncation.cut(message, ErrorBody.MAX_READ);
        int status = status(text.toLowerCase(Locale.ROOT), !isJdk);
        ErrorRules.Match byMessage = byMessage(error, text, status, isJdk);
        ErrorRules.Match stronger = byClass.isStrongerThan(byMessage) ? byClass : byMessage;
        return new Finding(stronger, error, status);
    }

    private static ErrorRules.Match byMessage(Throwable error, String text, int status, boolean isJdk) {
        if (error instanceof IOException && CANCELLATIONS.contains(text.toLowerCase(Locale.ROOT))) {
            return new ErrorRules.Match(ErrorKind.CANCELLED, ErrorRules.Strength.CODE, null);
        }
        if (error instanceof InterruptedIOException && text.equals(CALL_TIMEOUT)) {
            return new ErrorRules.Match(ErrorKind.TIMEOUT, ErrorRules.Strength.CODE, null);
        }
        String word = isJdk ? null : leadingCode(text);
        if (word != null) {
            return ErrorRules.match(List.of(word), status, text, ErrorKind.INTERNAL);
        }
        ErrorBody body = ErrorBody.of(text);
        ErrorRules.Match match = ErrorRules.match(body.codes(), status, body.message(), ErrorKind.INTERNAL);
        boolean codeIsMoreThanTheClass = match.strength() != ErrorRules.Strength.NONE && match.code() == null;
        return codeIsMoreThanTheClass && !body.codes().isEmpty()
                ? new ErrorRules.Match(
                        match.kind(), match.strength(), body.codes().get(0))
                : match;
    }

    /** The most exact rule for an exception's class and what it extends, without the class as a code. */
    private static ErrorRules.Match byClass(Throwable error) {
        ErrorRules.Match best = new ErrorRules.Match(ErrorKind.INTERNAL, ErrorRules.Strength.NONE, null);
        for (Class<?> type = error.getClass(); type != Throwable.class && type != null; type = type.getSuperclass()) {
            ErrorRules.Match match = ErrorRules.byCode(isJdk(type) ? type.getName() : type.getSimpleName());
            if (best.strength() == ErrorRules.Strength.READER_CODE) {
                break; // many of these extend IOException, which would blame the connection
            }
            if (match != null && match.isStrongerThan(best)) {
                best = new ErrorRules.Match(match.kind(), match.strength(), null);
            }
        }
        return best;
    }

    private static boolean isJdk(Class<?> type) {
        return type.getName().startsWith("java.") || type.getName().startsWith("javax.");
    }

    /** The status that a client put into its message: in front, or after a word for it. */
    private static int status(String text, boolean inFrontToo) {
        int inFront = inFrontToo ? statusAt(text, text.startsWith("[") ? 1 : 0) : 0;
        for (int i = 0; inFront == 0 && i < STATUS_MARKS.size(); i++) {
            String mark = STATUS_MARKS.get(i);
            int at = text.indexOf(mark);
            inFront = at < 0 ? 0 : statusAt(text, at + mark.length());
        }
        return inFront;
    }

    private static int statusAt(String text, int from) {
        int at = from;
        while (at < text.length() && at < from + 3 && " :=\"".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at + 3 > text.length() || (at + 3 < text.length() && Character.isLetterOrDigit(text.charAt(at + 3)))) {
            return 0;
        }
        int status = 0;
        for (int i = at; i < at + 3; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            status = status * 10 + digit;
        }
        return status >= 400 && status < 600 ? status : 0;
    }

    /** The word in capitals with which gRPC's and Google's messages begin, such as {@code 429 RESOURCE_EXHAUSTED. …}. */
    private static @Nullable String leadingCode(String text) {
        int start = 0;
        while (start < text.length()
                && start < 4
                && (Character.isDigit(text.charAt(start)) || text.charAt(start) == ' ')) {
            start++;
        }
        int end = start;
        while (end < text.length()
                && ((text.charAt(end) >= 'A' && text.charAt(end) <= 'Z') || text.charAt(end) == '_')) {
            end++;
        }
        String word = text.substring(start, Math.min(end, start + ErrorBody.MAX_CODE));
        return ErrorRules.byCode(word) == null ? null : word;
    }
}
