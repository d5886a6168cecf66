package dev.llmops.slo.openslo;

import dev.llmops.slo.Durations;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.internal.ConfigNode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Time windows, both ways. */
final class OpenSloWindow {

    private static final Map<String, String> CALENDARS =
            Map.of("d", "day", "w", "week", "M", "month", "Q", "quarter", "Y", "year");

    private OpenSloWindow() {}

    /** The window in the module's own format. */
    static @Nullable Object read(ConfigNode window, BiConsumer<ConfigNode, String> cannot) {
        ConfigNode duration = window.get("duration");
        if (window.get("isRolling").isTrue()) {
            Duration length = OpenSloDuration.parse(duration.text());
            if (length.compareTo(Duration.ofHours(1)) < 0) {
                cannot.accept(duration, "a window has an hour at least");
                return null;
            }
            return Durations.format(length);
        }
        String text = duration.text();
        String unit = CALENDARS.get(text.substring(text.length() - 1));
        if (unit == null) {
            cannot.accept(duration, "a calendar counts days, weeks, months, quarters or years");
            return null;
        }
        ConfigNode calendar = window.get("calendar");
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("calendar", unit);
        own.put("count", text.substring(0, text.length() - 1));
        own.put("zone", calendar.get("timeZone").text());
        LocalDateTime start = LocalDateTime.parse(calendar.get("startTime").text(), SloRules.START_TIME);
        if (start.getSecond() != 0) {
            cannot.accept(calendar.get("startTime"), "a calendar starts at a whole minute");
            return null;
        }
        own.put("from", start.toString());
        return own;
    }

    static Map<String, Object> write(SloWindow window) {
        Map<String, Object> own = new LinkedHashMap<>();
        if (window instanceof SloWindow.Calendar calendar) {
            String unit =
                    switch (calendar.unit()) {
                        case WEEKS -> "w";
                        case MONTHS -> "M";
                        case YEARS -> "Y";
                        default -> "d";
                    };
            own.put("duration", calendar.amount() + unit);
            own.put("isRolling", false);
            own.put(
                    "calendar",
                    Map.of(
                            "startTime", calendar.anchor().format(SloRules.START_TIME),
                            "timeZone", calendar.zone().getId()));
        } else {
            own.put("duration", OpenSloDuration.format(window.nominalLength()));
            own.put("isRolling", true);
        }
        return own;
    }
}
