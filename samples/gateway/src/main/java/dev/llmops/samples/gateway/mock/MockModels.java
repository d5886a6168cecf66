package dev.llmops.samples.gateway.mock;

import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The models that the mock provider lists; it answers under any other name too. */
final class MockModels {

    static final String PATH = "/v1/models";

    private static final List<String> NAMES = List.of("gpt-4o", "gpt-4o-mini", "text-embedding-3-small");

    private MockModels() {}

    static void answer(HttpServerResponse response, String path) {
        String name = path.substring(PATH.length()).replaceFirst("^/", "");
        if (name.isEmpty()) {
            ObjectNode list = JsonMapper.shared().createObjectNode().put("object", "list");
            NAMES.forEach(each -> list.withArrayProperty("data").add(model(each)));
            send(response, list);
        } else if (NAMES.contains(name)) {
            send(response, model(name));
        } else {
            MockProvider.refuse(response, MockError.unknownModel(name));
        }
    }

    private static ObjectNode model(String name) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", name)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "mock");
    }

    private static void send(HttpServerResponse response, ObjectNode body) {
        response.putHeader("Content-Type", "application/json").end(body.toString());
    }
}
