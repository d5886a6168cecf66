package dev.llmops.aspect;

import dev.llmops.core.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The values of the tags of one call. A tag that cannot be read is left out and counted. */
final class TagValues {

    private record Entry(Tag tag, Object value) {}

    private final List<Entry> entries = new ArrayList<>();

    private TagValues() {}

    static TagValues of(List<Tag> tags, @Nullable Object[] arguments, Telemetry telemetry) {
        TagValues values = new TagValues();
        for (Tag tag : tags) {
            values.add(tag, arguments[tag.parameter()], telemetry);
        }
        return values;
    }

    static TagValues ofResult(List<Tag> tags, @Nullable Object result, Telemetry telemetry) {
        TagValues values = new TagValues();
        for (Tag tag : tags) {
            values.add(tag, result, telemetry);
        }
        return values;
    }

    private void add(Tag tag, @Nullable Object raw, Telemetry telemetry) {
        try {
            Object value = tag.value(raw);
            if (value != null) {
                entries.add(new Entry(tag, value));
            }
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            telemetry.failure("LlmTag", e, "the tag was left out; fix its expression, its resolver or what they read");
        }
    }

    String text(LlmTag.Field field, String otherwise) {
        return entries.stream()
                .filter(entry -> entry.tag.field() == field)
                .map(entry -> entry.value.toString())
                .findFirst()
                .orElse(otherwise);
    }

    void forEach(BiConsumer<Tag, Object> action) {
        entries.forEach(entry -> action.accept(entry.tag, entry.value));
    }
}
