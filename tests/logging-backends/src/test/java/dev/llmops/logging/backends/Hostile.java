package dev.llmops.logging.backends;

import java.util.List;

/** Texts that try to forge log lines, fields, or what a reader sees. */
final class Hostile {

    static final List<String> TEXTS = List.of(
            "x\n2026-01-01 00:00:00 ERROR forged line",
            "x\r\n{\"status\":\"success\"}",
            "\",\"status\":\"success\",\"x\":\"",
            "\" llmops.status=\"success\" x=\"",
            "\u001b[2J\u001b[1;1H\u001b[32mall is well\u001b[0m",
            "\u009b31mred\u0085next",
            "{} injected {0} %s %n %msg %kvp",
            "${jndi:ldap://x/y} ${sys:user.home} #{x}",
            "admin\u202egnp.exe \u2066x\u2069 \u200e\u200f\u061c",
            "one\u2028two\u2029three\ufeff\u007f\u0000",
            "\ud83dlow",
            "high\ude00",
            "\ude00\ud83d",
            "</script><!-- \\ \\\\ \\n \t \b \f /",
            "测试 😀 \ud83d\udc68\u200d\ud83d\udc69",
            "llmops",
            "a.b.c.d...",
            ".");

    private Hostile() {}

    /** Whether a line holds a character that no line of a log may hold. */
    static boolean isIn(String line) {
        return line.chars()
                .anyMatch(c -> c < ' '
                        || (c >= 0x7F && c <= 0x9F)
                        || c == 0x061C
                        || c == 0x200E
                        || c == 0x200F
                        || (c >= 0x2028 && c <= 0x202E)
                        || (c >= 0x2066 && c <= 0x2069)
                        || c == 0xFEFF);
    }
}
