package dev.llmops.core.error;

import dev.llmops.core.record.ErrorKind;
import java.util.List;

/**
 * The marks by which one kind of error is recognised. Codes are provider codes and simple class names alike, compared without case,
 * punctuation and a final {@code Error} or {@code Exception}; a name with {@code java} in front is a class of the JDK,
 * compared as it is.
 */
final class ErrorRule {

    final ErrorKind kind;
    List<String> codes = List.of();
    List<String> endings = List.of();
    List<String> readerCodes = List.of();
    List<String> openings = List.of();
    List<String> texts = List.of();
    List<Integer> statuses = List.of();
    List<String> broadCodes = List.of();

    private ErrorRule(ErrorKind kind) {
        this.kind = kind;
    }

    static ErrorRule rule(ErrorKind kind) {
        return new ErrorRule(kind);
    }

    /** Codes that say exactly what went wrong: they outrank everything else. */
    ErrorRule codes(String... codes) {
        this.codes = List.of(codes);
        return this;
    }

    /** Endings of such codes. */
    ErrorRule endings(String... endings) {
        this.endings = List.of(endings);
        return this;
    }

    /** Classes of exceptions by which a client reports an unreadable answer: any cause of theirs outranks them. */
    ErrorRule readerCodes(String... readerCodes) {
        this.readerCodes = List.of(readerCodes);
        return this;
    }

    /** Lower-case beginnings of messages that only the provider itself writes, for refusals without a code. */
    ErrorRule openings(String... openings) {
        this.openings = List.of(openings);
        return this;
    }

    /** Lower-case pieces of messages, for servers that send no code, or one that says little. */
    ErrorRule texts(String... texts) {
        this.texts = List.of(texts);
        return this;
    }

    /** HTTP statuses. */
    ErrorRule statuses(Integer... statuses) {
        this.statuses = List.of(statuses);
        return this;
    }

    /** Codes that say little: anything else outranks them. */
    ErrorRule broadCodes(String... broadCodes) {
        this.broadCodes = List.of(broadCodes);
        return this;
    }
}
