package dev.llmops.samples.gateway.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.samples.gateway.provider.ApiFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tools that the mock model calls, in the words of each API. */
class MockToolTest {

    private static final String SCHEMA = "{'type':'object','properties':{'city':{'type':'string'},"
            + "'days':{'type':'integer'},'unit':{'enum':['C','F']},'near':{'type':'object','properties':{'exact':"
            + "{'type':'boolean'},'tags':{'type':'array'}}}}}";
    private static final String ARGUMENTS =
            "{\"city\":\"mock city\",\"days\":1,\"unit\":\"C\",\"near\":{\"exact\":true,\"tags\":[]}}";
    private static final String CHAT_TOOLS =
            "'tools':[{'type':'function','function':{'name':'weather','parameters':" + SCHEMA + "}}]";
    private static final String ASKED = "'messages':[{'role':'user','content':'Rain?'}]";

    private static MockRequest request(ApiFormat format, String json) {
        String body = "{'model':'m'," + json + "}";
        return MockRequest.parse(format, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static MockPlan plan() {
        return new MockPlan(MockScript.parse("tokens=5; seed=1"), 4, Integer.MAX_VALUE, 0, MockDefect.ofBaggage(null));
    }

    private static JsonNode whole(MockRequest request) {
        MockPlan plan = plan();
        return request.newShape(plan).whole(plan, "", request.words(plan).next(plan.outputTokens));
    }

    /** Returns the data of the events of a stream. */
    private static List<JsonNode> stream(MockRequest request) {
        MockPlan plan = plan();
        MockShape shape = request.newShape(plan);
        MockWords words = request.words(plan);
        List<MockEvent> events = new ArrayList<>(shape.head());
        for (int token = 0; token < plan.outputTokens; token++) {
            events.add(shape.text(words.next(1), false));
        }
        events.addAll(shape.tail(plan, true));
        return events.stream()
                .filter(event -> event != MockEvent.DONE)
                .map(event -> JsonMapper.shared().readTree(event.data()))
                .toList();
    }

    private static String joined(List<JsonNode> events, String pointer) {
        return events.stream().map(event -> event.at(pointer).asString("")).collect(Collectors.joining());
    }

    @Test
    void chat_completions_have_calls_in_the_message() {
        JsonNode choice =
                whole(request(ApiFormat.CHAT, CHAT_TOOLS + "," + ASKED)).at("/choices/0");
        assertThat(choice.at("/finish_reason").asString()).isEqualTo("tool_calls");
        assertThat(choice.at("/message/content").isNull()).isTrue();
        assertThat(choice.at("/message/tool_calls/0/function/name").asString()).isEqualTo("weather");
        assertThat(choice.at("/message/tool_calls/0/function/arguments").asString())
                .isEqualTo(ARGUMENTS);
    }

    @Test
    void streamed_chat_completions_name_the_tool_once() {
        List<JsonNode> events = stream(request(ApiFormat.CHAT, CHAT_TOOLS + "," + ASKED));
        String call = "/choices/0/delta/tool_calls/0";
        assertThat(joined(events, call + "/function/name")).isEqualTo("weather");
        assertThat(joined(events, call + "/function/arguments")).isEqualTo(ARGUMENTS);
        assertThat(joined(events, call + "/id")).startsWith("call_mock_");
        assertThat(joined(events, "/choices/0/finish_reason")).isEqualTo("tool_calls");
    }

    @Test
    void responses_have_an_item_for_the_call() {
        MockRequest request = request(
                ApiFormat.RESPONSES,
                "'input':'Rain?','tools':[{'type':'function','name':'weather','parameters':" + SCHEMA + "}]");
        JsonNode item = whole(request).at("/output/0");
        assertThat(item.path("type").asString()).isEqualTo("function_call");
        assertThat(item.path("arguments").asString()).isEqualTo(ARGUMENTS);
        List<JsonNode> events = stream(request);
        assertThat(joined(events, "/delta")).isEqualTo(ARGUMENTS);
        assertThat(events.get(events.size() - 1).at("/response/output/0/name").asString())
                .isEqualTo("weather");
    }

    @Test
    void messages_have_a_block_for_the_call() {
        MockRequest request =
                request(ApiFormat.MESSAGES, ASKED + ",'tools':[{'name':'weather','input_schema':" + SCHEMA + "}]");
        JsonNode message = whole(request);
        assertThat(message.path("stop_reason").asString()).isEqualTo("tool_use");
        assertThat(message.at("/content/0/input").toString()).isEqualTo(ARGUMENTS);
        assertThat(joined(stream(request), "/delta/partial_json")).isEqualTo(ARGUMENTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'tool_choice':'none'," + ASKED,
                "'messages':[{'role':'user','content':'Rain?'},{'role':'tool','content':'no'}]",
                "'messages':[{'role':'user','content':[{'type':'tool_result'}]}]",
                "'tool_choice':{'type':'function','function':{'name':'another'}}," + ASKED
            })
    void a_result_or_a_choice_against_tools_leads_to_a_text(String json) {
        assertThat(request(ApiFormat.CHAT, CHAT_TOOLS + "," + json).tool()).isNull();
    }

    @Test
    void a_schema_of_any_depth_is_answered() {
        String deep = "{'type':'object','properties':{'a':".repeat(200) + "{}" + "}}".repeat(200);
        MockTool tool = request(ApiFormat.CHAT, "'tools':[{'name':'t','parameters':" + deep + "}]," + ASKED)
                .tool();
        assertThat(tool).isNotNull();
        assertThat(tool.arguments().toString()).hasSizeLessThan(100);
    }

    @Test
    void moderations_have_every_category_that_clients_demand() {
        JsonNode result = whole(request(ApiFormat.MODERATIONS, "'input':'hi'")).at("/results/0");
        assertThat(result.path("categories").propertyNames())
                .hasSize(13)
                .contains("sexual", "self-harm/intent")
                .isEqualTo(result.path("category_scores").propertyNames());
    }

    @ParameterizedTest
    @CsvSource({"float, 3", "base64, 3"})
    void embeddings_come_in_the_form_that_is_asked_for(String format, int dimensions) {
        MockEmbeddings embeddings = request(
                        ApiFormat.EMBEDDINGS,
                        "'input':['a','b'],'dimensions':" + dimensions + ",'encoding_format':'" + format + "'")
                .embeddings();
        var data = JsonMapper.shared().createArrayNode();
        embeddings.addTo(data, new SplittableRandom(1));
        assertThat(data).hasSize(2);
        JsonNode first = data.path(0).path("embedding");
        assertThat(format.equals("base64") ? first.binaryValue().length / Float.BYTES : first.size())
                .isEqualTo(dimensions);
    }
}
