package dev.llmops.redaction;

import dev.llmops.core.record.Decimals;
import dev.llmops.core.record.Redaction;
import dev.llmops.redaction.internal.secret.NamedFields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A walk over one tree. Not thread-safe. */
final class TreeWalk {

    /** Deeper than this, and in a circle, a tree is cut off. */
    private static final int MOST_LEVELS = 64;
    /** A name says what a value is only where that is one value and not a text of its own. */
    private static final int LONGEST_NAMED = 4096;
    /** Of a number that is looked through as it is written out; any double has fewer. */
    private static final int MOST_DIGITS = 400;

    private final Redactor redactor;
    private final Findings findings = new Findings();

    TreeWalk(Redactor redactor) {
        this.redactor = redactor;
    }

    RedactedTree redact(@Nullable Object value) {
        Object copy = copy(value, "", "", 0);
        return new RedactedTree(copy, findings.fields(), findings.counts(), findings.status());
    }

    private @Nullable Object copy(@Nullable Object value, String path, String name, int level) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (level > MOST_LEVELS) {
            findings.add(path, RedactedText.dropped());
            return RedactedText.DROPPED;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, path, name, level);
        }
        if (value instanceof Collection<?> list) {
            return list(list, path, name, level);
        }
        if (value instanceof Number number) {
            String digits = digits(number);
            String redacted = digits.isEmpty() ? digits : text(digits, path, name);
            return redacted.equals(digits) ? number : redacted;
        }
        return text(String.valueOf(value), path, name);
    }

    private Map<String, @Nullable Object> map(Map<?, ?> map, String path, String ownName, int level) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        String valueName = nameOfValue(map, ownName);
        List<String> columns = ListNames.columnsOf(map);
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            RedactedText redacted = redactor.redact(name);
            String free = free(copy, redacted.text());
            String field = path.isEmpty() ? free : path + "." + free;
            findings.add(field, redacted);
            boolean named = !valueName.isEmpty() && NamedFields.isValue(name);
            if (!columns.isEmpty() && value instanceof Collection<?> rows && ListNames.areRows(name)) {
                copy.put(free, rows(rows, columns, field, level + 1));
                return;
            }
            copy.put(free, copy(value, field, named ? valueName : name, level + 1));
        });
        return Collections.unmodifiableMap(copy);
    }

    /** Returns what names the value in a map such as {@code {"name": …, "value": …}}: a field of it, or its own name. */
    private static String nameOfValue(Map<?, ?> map, String ownName) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getValue() instanceof String name
                    && NamedFields.isName(String.valueOf(entry.getKey()))
                    && NamedFields.isSecret(name)) {
                return name;
            }
        }
        return NamedFields.isSecret(ownName) ? ownName : "";
    }

    /** Two keys with the same replacement stay two keys. */
    private static String free(Map<String, ?> taken, String key) {
        String free = key;
        for (int i = 2; taken.containsKey(free); i++) {
            free = key + "#" + i;
        }
        return free;
    }

    private List<@Nullable Object> list(Collection<?> list, String path, String name, int level) {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        ListNames names = ListNames.of(list);
        for (Object element : list) {
            String place = path + "[" + copy.size() + "]";
            String before = names.argumentsBefore(copy.size());
            if (!before.isEmpty() && element instanceof String argument) {
                RedactedText redacted = redactor.redactBehind(before, argument);
                findings.add(place, redacted);
                copy.add(redacted.text());
            } else {
                copy.add(copy(element, place, names.nameOf(copy.size(), name), level + 1));
            }
        }
        return Collections.unmodifiableList(copy);
    }

    /** Copies the rows of a table, or the one list of its values. */
    private List<@Nullable Object> rows(Collection<?> rows, List<String> columns, String path, int level) {
        List<@Nullable Object> copy = new ArrayList<>(rows.size());
        for (Object row : rows) {
            String place = path + "[" + copy.size() + "]";
            boolean cells = row instanceof Collection<?>;
            String name = cells || copy.size() >= columns.size() ? "" : columns.get(copy.size());
            copy.add(
                    row instanceof Collection<?> values && level <= MOST_LEVELS
                            ? rows(values, columns, place, level + 1)
                            : copy(row, place, name, level + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    private static String digits(Number number) {
        boolean finite =
                !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
        if (!finite) {
            return "";
        }
        String text = number.toString();
        try {
            BigDecimal decimal = number instanceof BigDecimal given ? given : new BigDecimal(text);
            return Decimals.hasAtMost(MOST_DIGITS, decimal)
                    ? decimal.stripTrailingZeros().toPlainString()
                    : text;
        } catch (NumberFormatException notDecimal) {
            // A number of the caller's own making may write itself in any form.
            return text;
        }
    }

    private String text(String text, String path, String name) {
        RedactedText redacted = name.isEmpty() || text.length() > LONGEST_NAMED
                ? redactor.redact(text)
                : redactor.redactNamed(name, text);
        findings.add(path, redacted);
        return redacted.text();
    }

    /** Findings of the walk so far. */
    static final class Findings {

        private final Map<String, Integer> counts = new LinkedHashMap<>();
        private final Set<String> fields = new LinkedHashSet<>();
        private Redaction.Status status = Redaction.Status.CLEAN;

        void add(String field, RedactedText text) {
            add(text.status(), text.counts());
            if (text.status() != Redaction.Status.CLEAN) {
                fields.add(field);
            }
        }

        void add(Redaction.Status other, Map<String, Integer> more) {
            status = other.compareTo(status) > 0 ? other : status;
            more.forEach((type, count) -> counts.merge(type, count, Integer::sum));
        }

        void addAll(String prefix, RedactedTree tree) {
            add(tree.status(), tree.counts());
            tree.anonymizedFields().forEach(field -> fields.add(prefix + field));
        }

        List<String> fields() {
            return List.copyOf(fields);
        }

        Map<String, Integer> counts() {
            return counts;
        }

        Redaction.Status status() {
            return status;
        }
    }
}
