package dev.llmops.slo.file;

import dev.llmops.slo.Durations;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.internal.ConfigNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Windows in files: a duration, or a calendar with its zone. */
final class WindowFormat {

    private static final Map<String, String> CALENDARS = Map.of("M", "month", "Q", "quarter", "Y", "year");
    private static final LocalDateTime MONDAY = LocalDateTime.of(2024, 1, 1, 0, 0);

    private WindowFormat() {}

    static @Nullable SloWindow read(ConfigNode parent) {
        if (!parent.has("window")) {
            return null;
        }
        if (parent.isScalar("window")) {
            return parent.as("window", parent.text("window"), WindowFormat::rolling);
        }
        ConfigNode node = parent.child("window");
        return node == null ? null : calendar(node);
    }

    private static SloWindow rolling(String text) {
        String calendar = CALENDARS.get(text.substring(Math.max(0, text.length() - 1)));
        if (calendar != null && text.matches("1?[MQY]")) {
            throw new IllegalArgumentException(
                    "is '" + text + "' — months, quarters and years are calendar windows — write" + " {calendar: "
                            + calendar + ", zone: UTC}, or a duration such as 30d");
        }
        return SloWindow.rolling(Durations.parse(text));
    }

    private static @Nullable SloWindow calendar(ConfigNode node) {
        String unit = node.required("calendar", "month");
        ZoneId zone = node.as("zone", node.required("zone", "Europe/Berlin"), WindowFormat::zone);
        BigDecimal count = node.number("count");
        LocalDateTime from = node.as("from", node.text("from"), WindowFormat::localTime);
        node.rejectUnknown();
        if (unit == null || zone == null) {
            return null;
        }
        int amount = count == null ? 1 : count.intValue();
        LocalDateTime anchor = from == null ? MONDAY : from;
        return node.as("calendar", unit, text -> calendar(text, amount, anchor, zone));
    }

    private static SloWindow calendar(String unit, int amount, LocalDateTime anchor, ZoneId zone) {
        return switch (unit) {
            case "day" -> new SloWindow.Calendar(amount, ChronoUnit.DAYS, anchor, zone);
            case "week" -> new SloWindow.Calendar(amount, ChronoUnit.WEEKS, anchor, zone);
            case "month" -> new SloWindow.Calendar(amount, ChronoUnit.MONTHS, anchor, zone);
            case "quarter" -> new SloWindow.Calendar(3 * amount, ChronoUnit.MONTHS, anchor, zone);
            case "year" -> new SloWindow.Calendar(amount, ChronoUnit.YEARS, anchor, zone);
            default -> throw new IllegalArgumentException("is '" + unit + "' — day, week, month, quarter or year");
        };
    }

    static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is '" + name + "' — an IANA zone such as Europe/Berlin", e);
        }
    }

    private static LocalDateTime localTime(String text) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("is '" + text + "' — a local time such as 2026-01-01T00:00", e);
        }
    }

    static Object write(SloWindow window) {
        if (window instanceof SloWindow.Calendar calendar) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put(
                    "calendar",
                    switch (calendar.unit()) {
                        case WEEKS -> "week";
                        case MONTHS -> "month";
                        case YEARS -> "year";
                        default -> "day";
                    });
            map.put("zone", calendar.zone().getId());
            if (calendar.amount() != 1) {
                map.put("count", calendar.amount());
            }
            if (!calendar.anchor().equals(MONDAY)) {
                map.put("from", calendar.anchor().toString());
            }
            return map;
        }
        Duration length = window.nominalLength();
        return Durations.format(length);
    }
}
