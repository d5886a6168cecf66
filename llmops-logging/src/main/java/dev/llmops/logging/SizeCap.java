package dev.llmops.logging;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes records fit. Over the limit, fields are cut by priority until the record fits: texts first, the longest the most;
 * then the application's attributes, the error's message, the details of risks, and the ends of long lists, of which the
 * first entry stays. What identifies and counts is never cut, so a record whose core alone is over the limit stays over
 * it. Each cut is listed in {@code truncated_fields}, with what was there before any cap had cut it.
 *
 * @param limit what a record may take, in the unit
 * @param unit bytes or characters
 */
record SizeCap(long limit, JsonSize unit) {

    private static final List<String> TEXTS = List.of("input", "output", "comment", "explanation");
    private static final List<String> LISTS = List.of("tool_calls", "risk");

    /** Returns true if a record is far from the limit, which takes no more than a look at the lengths of its texts. */
    boolean surelyFits(FieldWriter.Source record) {
        var bound = new Bound();
        record.writeTo(bound);
        return bound.size <= limit;
    }

    /** The record itself when it fits. */
    JsonMap fit(JsonMap record) {
        return unit.of(record) <= limit ? record : new Cutting(record).cut();
    }

    private final class Cutting {

        private final Map<String, JsonMap> cuts = new LinkedHashMap<>();
        private JsonMap record;

        Cutting(JsonMap record) {
            this.record = record;
            if (record.get(Field.TRUNCATED_FIELDS.text) instanceof JsonList earlier) {
                earlier.forEach(cut -> cuts.put(String.valueOf(((JsonMap) cut).get("field")), (JsonMap) cut));
            }
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
            if (excess() > 0 && record.get("risk") instanceof JsonList risks) {
                dropDetails(risks);
            }
            LISTS.forEach(this::shorten);
            return listed();
        }

        private JsonMap listed() {
            return record.with(Field.TRUNCATED_FIELDS, JsonList.of(cuts.values(), cut -> cut));
        }

        private long excess() {
            return unit.of(listed()) - limit;
        }

        private void note(String field, Object original) {
            cuts.computeIfAbsent(field, f -> noted(f, original).build());
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

        private void dropDetails(JsonList risks) {
            List<JsonMap> found = risks.stream().map(JsonMap.class::cast).toList();
            JsonList details = JsonList.of(
                    found.stream()
                            .map(risk -> risk.get("detail"))
                            .filter(Objects::nonNull)
                            .toList(),
                    detail -> detail);
            if (details != null) {
                note("risk.detail", details);
                record = record.with("risk", JsonList.of(found, risk -> risk.with("detail", null)));
            }
        }

        /** Shares what is left among the texts: the short ones stay whole, the long ones get the same each. */
        private void cutTexts() {
            Map<String, Long> shares;
            int listed;
            do {
                // The list of cuts takes room too, so that another text may have to be cut once one is listed.
                listed = cuts.size();
                shares = shares();
                overTheirShare(shares).keySet().forEach(field -> note(field, text(field)));
            } while (cuts.size() > listed);
            overTheirShare(shares).forEach((field, share) -> {
                String excerpt = Excerpt.of(text(field), share, unit);
                record = record.with(field, excerpt.isEmpty() ? null : excerpt);
            });
        }

        private Map<String, Long> overTheirShare(Map<String, Long> shares) {
            Map<String, Long> over = new LinkedHashMap<>(shares);
            over.entrySet().removeIf(each -> sizeOfText(each.getKey()) <= each.getValue());
            return over;
        }

        private Map<String, Long> shares() {
            List<String> shortestFirst = TEXTS.stream()
                    .filter(field -> record.get(field) instanceof String)
                    .sorted(Comparator.comparingLong(this::sizeOfText))
                    .toList();
            long texts = shortestFirst.stream().mapToLong(this::sizeOfText).sum();
            long room = Math.max(0, texts - excess());
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

        /** Keeps the first entries of a list, as many as fit but at least one, and says how many there were. */
        private void shorten(String field) {
            if (!(record.get(field) instanceof JsonList list)) {
                return;
            }
            for (int kept = list.size() / 2; kept > 0 && excess() > 0; kept /= 2) {
                cuts.computeIfAbsent(
                        field,
                        f -> noted(f, list)
                                .put("original_count", (long) list.size())
                                .build());
                record = record.with(field, list.first(kept));
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

    /** Adds up a bound of the JSON text of fields that is quick to find, for the many records that are far from any limit. */
    private static final class Bound implements FieldWriter {

        private static final int QUOTES_COLON_AND_COMMA = 4;

        private long size = JsonSize.BRACKETS;

        private void add(Field field, long value) {
            size += field.text.length() + QUOTES_COLON_AND_COMMA + value;
        }

        @Override
        public void text(Field field, @Nullable String value) {
            value(field, value);
        }

        @Override
        public void word(Field field, @Nullable String value) {
            value(field, value);
        }

        @Override
        public void texts(Field field, List<String> values) {
            long texts = JsonSize.BRACKETS;
            for (int i = 0; i < values.size(); i++) {
                texts += JsonSize.BYTES.atMost(values.get(i)) + 1;
            }
            add(field, texts);
        }

        @Override
        public void number(Field field, long value) {
            add(field, JsonSize.MAX_NUMBER);
        }

        @Override
        public void number(Field field, double value) {
            add(field, JsonSize.MAX_NUMBER);
        }

        @Override
        public void flag(Field field, boolean value) {
            add(field, JsonSize.MAX_NUMBER);
        }

        @Override
        public void value(Field field, @Nullable Object value) {
            if (value != null) {
                add(field, JsonSize.BYTES.atMost(value));
            }
        }

        @Override
        public void begin(Field object) {
            add(object, JsonSize.BRACKETS);
        }

        @Override
        public void end() {}
    }
}
