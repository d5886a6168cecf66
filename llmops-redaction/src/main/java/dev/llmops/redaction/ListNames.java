package dev.llmops.redaction;

import dev.llmops.redaction.internal.secret.NamedFields;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of the elements of a list: the first of a pair, the columns of a table, or the options of a command before them. */
final class ListNames {

    private static final ListNames NONE = new ListNames(List.of(), false);
    private static final Set<String> COLUMNS =
            Set.of("columns", "headers", "header", "fields", "names", "keys", "columnnames");
    private static final Set<String> ROWS = Set.of("rows", "values", "data", "records");
    private static final int MOST_ARGUMENTS = 32;
    private static final int LONGEST_ARGUMENT = 256;

    private final List<String> texts;
    private final boolean command;

    private ListNames(List<String> texts, boolean command) {
        this.texts = texts;
        this.command = command;
    }

    static ListNames of(Collection<?> list) {
        boolean few = list.size() > 1 && list.size() <= MOST_ARGUMENTS;
        boolean texts = few
                && list.stream()
                        .allMatch(element -> element instanceof String text && text.length() <= LONGEST_ARGUMENT);
        if (!texts) {
            return NONE;
        }
        List<String> elements = list.stream().map(String::valueOf).toList();
        return new ListNames(elements, elements.stream().anyMatch(element -> element.startsWith("-")));
    }

    /** Returns the name of the element, which is that of the list unless the first of two names the second. */
    String nameOf(int index, String ofList) {
        boolean named = index == 1 && texts.size() == 2 && NamedFields.isPair(texts.get(0), texts.get(1));
        return named ? texts.get(0) : ofList;
    }

    /** Returns the arguments before the element as they are typed, or the empty string for other lists. */
    String argumentsBefore(int index) {
        return command && index > 0 ? String.join(" ", texts.subList(0, index)) + " " : "";
    }

    /** Returns the names of the columns in a map such as {@code {"columns": […], "rows": [[…]]}}, if one is that of a secret. */
    static List<String> columnsOf(Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getValue() instanceof Collection<?> names
                    && COLUMNS.contains(String.valueOf(entry.getKey()).toLowerCase(Locale.ROOT))) {
                List<String> columns = names.stream().map(String::valueOf).toList();
                return columns.stream().anyMatch(NamedFields::isSecret) ? columns : List.of();
            }
        }
        return List.of();
    }

    static boolean areRows(String field) {
        return ROWS.contains(field.toLowerCase(Locale.ROOT));
    }
}
