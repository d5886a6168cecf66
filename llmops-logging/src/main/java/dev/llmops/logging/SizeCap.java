package dev.llmops.logging;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes records fit. Over the limit, fields are cut by priority until the record fits: texts first, the longest the most;
 * then the application's attributes, the error's message, and the ends of long lists. What identifies and counts is never
 * cut, so a record whose core alone is over the limit stays over it. Each cut is listed in {@code truncated_fields}.
 *
 * @param limit what a record may take, in the unit
 * @param unit bytes or characters
 */
record SizeCap(long limit, JsonSize unit) {

    private static final String TRUNCATED_FIELDS = "truncated_fields";
    private static final List<String> TEXTS = List.of("input", "output", "comment", "explanation");
    private static final List<String> LISTS = List.of("tool_calls", "risk");

    /** The record itself when it fits. */
    JsonMap fit(JsonMap record) {
        return unit.atMost(record) <= limit || unit.of(record) <= limit ? record : new Cutting(record).cut();
    }

    private final class Cutting {

        private final List<JsonMap> cuts = new ArrayList<>();
        private JsonMap record;

        Cutting(JsonMap record) {
            this.record = record;
        }

        JsonMap cut() {
            cutTexts();
            if (excess() > 0) {
                drop("attributes");
            }
            if (excess() > 0 && record.get("error") instanceof JsonMap error && error.get("message") != null) {
                note("error.message", error.get("message"));
                record = record.with("error", error.with("message", null));
            }
            LISTS.forEach(this::shorten);
            return listed();
        }

        private JsonMap listed() {
            return record.with(TRUNCATED_FIELDS, JsonList.of(cuts, cut -> cut));
        }

        private long excess() {
            return unit.of(listed()) - limit;
        }

        private void note(String field, Object original) {
            cuts.add(noted(field, original).build());
        }

        private JsonMap.Builder noted(String field, Object original) {
            byte[] bytes =
                    (original instanceof String text ? text : JsonText.of(original)).getBytes(StandardCharsets.UTF_8);
            return JsonMap.builder(4)
                    .put("field", field)
                    .put("original_bytes", (long) bytes.length)
                    .put("sha256", sha256(bytes));
        }

        private void drop(String field) {
            Object value = record.get(field);
            if (value != null) {
                note(field, value);
                record = record.with(field, null);
            }
        }

        /** Shares what is left among the texts: the short ones stay whole, the long ones get the same each. */
        private void cutTexts() {
            Map<String, JsonMap> notes = new LinkedHashMap<>();
            Map<String, Long> shares = shares(notes.values());
            // The list of cuts takes room too, so that another text may have to be cut once one is listed.
            while (notes.size() < notesOf(shares, notes).size()) {
                notes = notesOf(shares, notes);
                shares = shares(notes.values());
            }
            for (String field : notes.keySet()) {
                String excerpt = Excerpt.of(text(field), shares.getOrDefault(field, 0L), unit);
                record = record.with(field, excerpt.isEmpty() ? null : excerpt);
            }
            cuts.addAll(notes.values());
        }

        private Map<String, JsonMap> notesOf(Map<String, Long> shares, Map<String, JsonMap> known) {
            Map<String, JsonMap> notes = new LinkedHashMap<>(known);
            shares.forEach((field, share) -> {
                if (sizeOfText(field) > share) {
                    notes.computeIfAbsent(field, f -> noted(f, text(f)).build());
                }
            });
            return notes;
        }

        private Map<String, Long> shares(Collection<JsonMap> notes) {
            List<String> shortestFirst = TEXTS.stream()
                    .filter(field -> record.get(field) instanceof String)
                    .sorted(Comparator.comparingLong(this::sizeOfText))
                    .toList();
            long texts = shortestFirst.stream().mapToLong(this::sizeOfText).sum();
            long rest = unit.of(record.with(TRUNCATED_FIELDS, JsonList.of(notes, note -> note))) - texts;
            long room = Math.max(0, limit - rest);
            Map<String, Long> shares = new LinkedHashMap<>();
            for (String field : shortestFirst) {
                long share = room / (shortestFirst.size() - shares.size());
                room -= Math.min(share, sizeOfText(field));
                shares.put(field, share);
            }
            return shares;
        }

        private String text(String field) {
            return String.valueOf(record.get(field));
        }

        private long sizeOfText(String field) {
            return unit.ofContent(text(field));
        }

        /** Keeps the first entries of a list, as many as fit, and says how many there were. */
        private void shorten(String field) {
            if (excess() <= 0 || !(record.get(field) instanceof JsonList list)) {
                return;
            }
            cuts.add(
                    noted(field, list).put("original_count", (long) list.size()).build());
            int kept = list.size();
            while (kept > 0 && excess() > 0) {
                kept /= 2;
                record = record.with(field, kept == 0 ? null : list.first(kept));
            }
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
