package dev.llmops.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.AccountTotals;
import dev.llmops.cost.accounting.TopSpenders;
import dev.llmops.cost.imports.PriceFormat;
import dev.llmops.cost.usage.UsageReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies, summaries and lists that cannot be read are named by place: what stands there may be an id or a key. */
class NoContentInMessagesTest {

    private static final String ID = "ann_miller-sk-4711";

    /** Texts with the id where a parser stops: as a word, a key, a value of the wrong type, an open text, twice. */
    static Stream<String> texts() {
        List<String> texts = new ArrayList<>();
        String summary = new TopSpenders(AccountDimension.USER, "USD", 4).toJson();
        for (String whole :
                List.of(summary, AccountTotals.NONE.toJson(), "{\"usage\":{\"a\":1}}", "[{\"id\":\"x\"}]")) {
            texts.add(whole.replaceFirst(":", ":" + ID + ","));
            texts.add(whole.replaceFirst("\\{", "{" + ID + ":1,"));
            texts.add(whole.replaceFirst("\\{", "{\"" + ID + "\":1,\"" + ID + "\":2,"));
            texts.add(whole.replaceAll(":[^:]*}", ":\"" + ID + "\"}"));
            texts.add(whole.replaceAll(":[^:]*}", ":[\"" + ID + "\"]}"));
            texts.add(whole.substring(0, whole.length() / 2) + ID);
            texts.add(whole.substring(0, whole.length() - 1) + "\"" + ID);
            texts.add(whole + ID);
        }
        texts.add(ID);
        texts.add('"' + ID + '"');
        return texts.stream();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_that_cannot_be_read_is_not_quoted(String text) {
        List<ThrowingCallable> readers = new ArrayList<>();
        for (UsageReader.Shape shape : UsageReader.Shape.values()) {
            readers.add(() -> UsageReader.read(shape, "openai", text));
        }
        readers.add(() -> AccountTotals.fromJson(text));
        readers.add(() -> TopSpenders.fromJson(text));
        for (PriceFormat format : PriceFormat.values()) {
            if (format != PriceFormat.LLMOPS) { // a book of one's own, whose faults are quoted
                readers.add(() -> format.read(text, Instant.EPOCH));
            }
        }
        for (ThrowingCallable reader : readers) {
            Throwable thrown = catchThrowable(reader);
            if (thrown != null) {
                StringWriter trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain("ann_", "4711");
            }
        }
    }
}
