package dev.llmops.tracing;

import dev.llmops.core.privacy.SafeText;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.LabelLimiter;
import org.jspecify.annotations.Nullable;

/** Writes the texts of a call as messages of the GenAI conventions: a JSON list of one message with one text part. */
final class MessageJson {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private MessageJson() {}

    static @Nullable String input(CallRecord record) {
        String text = record.content().input();
        return text == null ? null : message("user", text).append("}]").toString();
    }

    static @Nullable String output(CallRecord record) {
        String text = record.content().output();
        if (text == null) {
            return null;
        }
        StringBuilder json = message("assistant", text);
        quote(json.append(",\"finish_reason\":"), finishReason(record));
        return json.append("}]").toString();
    }

    private static String finishReason(CallRecord record) {
        if (!record.finishReasons().isEmpty()) {
            return record.finishReasons().get(0);
        }
        return record.outcome() == Outcome.COMPLETED ? LabelLimiter.UNKNOWN : "error";
    }

    private static StringBuilder message(String role, String text) {
        StringBuilder json = new StringBuilder(text.length() + 96);
        json.append("[{\"role\":\"").append(role).append("\",\"parts\":[{\"type\":\"text\",\"content\":");
        quote(json, text);
        return json.append("}]");
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || SafeText.isLoneSurrogate(text, i)) {
                json.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    json.append(HEX[(c >> shift) & 0xF]);
                }
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
