package dev.llmops.report;

import dev.llmops.core.privacy.SafeText;

/** Escapes text for the two formats. */
final class Escape {

    private Escape() {}

    /** Escapes text for HTML element content and double-quoted attributes. */
    static String html(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(isIllegal(c) ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }

    /** Reads back what {@link #html} wrote. */
    static String unescapeHtml(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** Escapes text for one line of Markdown, table cells included. */
    static String markdown(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' || c == '\t') {
                escaped.append(' ');
            } else if (c == '&') {
                escaped.append("&amp;");
            } else if (c == '<') {
                escaped.append("&lt;");
            } else if ("\\`*_[]|#>~".indexOf(c) >= 0) {
                escaped.append('\\').append(c);
            } else {
                escaped.append(isIllegal(c) ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }

    private static boolean isIllegal(char c) {
        return SafeText.isUnsafe(c) || (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
    }
}
