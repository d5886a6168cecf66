package dev.llmops.core.error;

import dev.llmops.core.internal.JsonFields;
import dev.llmops.core.internal.Truncation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text of an error, parsed: its codes, best first, the status that it names, and its message. Reads the shapes of all
 * common servers at once, since each keeps its codes under one of a few names, in the error object or at the root.
 */
final class ErrorBody {

    /** Errors say early what they are; what follows is not looked at. */
    static final int MAX_READ = 8192;

    static final int MAX_CODE = 64;

    private static final int MAX_CODES = 16;
    private static final int MAX_CODE_DIGITS = 6;
    private static final Set<String> ERROR_OBJECTS = Set.of("error", "errors", "innererror", "inner_error", "details");
    private static final Map<String, Integer> CODE_KEYS =
            Map.of("code", 0, "status", 1, "__type", 1, "error_type", 1, "type", 2, "error", 3, "reason", 4);
    private static final List<String> MESSAGE_KEYS = List.of("message", "Message", "detail", "error");
    private static final Set<String> NO_CODES = Set.of("error", "response.failed", "failed", "null");
    private static final Set<String> CONTAINERS = Set.of("response", "body", "result");
    private static final int AT_ROOT = 10;

    private record Code(String name, int rank) {}

    private final List<Code> found = new ArrayList<>();
    private int messageRank = Integer.MAX_VALUE;
    private int status;
    private @Nullable String message;

    private ErrorBody() {}

    static ErrorBody of(String text) {
        String read = Truncation.cut(text, MAX_READ);
        ErrorBody body = new ErrorBody();
        JsonFields.scan(read, body.new Fields());
        body.found.sort(Comparator.comparingInt(Code::rank));
        if (body.message == null && !read.stripLeading().startsWith("<") && !read.isBlank()) {
            body.message = read.strip();
        }
        return body;
    }

    /** The codes, best first. */
    List<String> codes() {
        return found.stream().map(Code::name).toList();
    }

    /** The HTTP status that stands among the codes, or 0. */
    int status() {
        return status;
    }

    /** The message, or the whole text when it is no JSON; null for a page of HTML. Of bounded length. */
    @Nullable
    String message() {
        return message;
    }

    private final class Fields implements JsonFields.Visitor {

        @Override
        public void field(String parent, String key, @Nullable String value) {
            ErrorBody.this.field(parent, key, value);
        }

        /** A request that is quoted in an answer must not pass for the answer's own error. */
        @Override
        public boolean enters(String key) {
            return ERROR_OBJECTS.contains(key) || CONTAINERS.contains(key) || key.endsWith("Exception");
        }
    }

    private void field(String parent, String key, @Nullable String value) {
        if (value == null) {
            // Bedrock's streams name the error as the key of an object.
            if (key.endsWith("Exception")) {
                code(key, 0);
            }
            return;
        }
        boolean inError = ERROR_OBJECTS.contains(parent) || parent.endsWith("Exception");
        if (!inError && !parent.isEmpty()) {
            return;
        }
        int place = inError ? 0 : AT_ROOT;
        Integer rank = CODE_KEYS.get(key);
        if (rank != null) {
            code(value, place + rank);
        }
        int messageKey = MESSAGE_KEYS.indexOf(key);
        if (messageKey >= 0 && place + messageKey < messageRank) {
            messageRank = place + messageKey;
            message = value;
        }
    }

    private void code(String value, int rank) {
        // com.amazon.coral.service#ThrottlingException:http://…
        String name = value.substring(value.indexOf('#') + 1);
        int colon = name.indexOf(':');
        name = colon < 0 ? name : name.substring(0, colon);
        if (isStatus(name)) {
            status = status == 0 ? Integer.parseInt(name) : status;
        } else if (isCode(name) && found.size() < MAX_CODES) {
            found.add(new Code(name, rank));
        }
    }

    private static boolean isStatus(String text) {
        return text.length() == 3 && (text.charAt(0) == '4' || text.charAt(0) == '5') && digits(text) == 3;
    }

    /** Returns true if a text can be a code: short, without blanks, and no serial number. */
    static boolean isCode(String text) {
        boolean plain = text.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || c == '_'
                        || c == '-'
                        || c == '.');
        return plain
                && !text.isEmpty()
                && text.length() <= MAX_CODE
                && digits(text) <= MAX_CODE_DIGITS
                && !NO_CODES.contains(text);
    }

    private static long digits(String text) {
        return text.chars().filter(c -> c >= '0' && c <= '9').count();
    }
}
