package dev.llmops.samples.quarkus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.UncheckedIOException;
import org.jboss.resteasy.reactive.RestQuery;

/** Streams answers as server-sent events. */
@Path("/ask")
public class AnswerResource {

    private final Model model;
    private final ObjectMapper json;

    AnswerResource(Model model, ObjectMapper json) {
        this.model = model;
        this.json = json;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<String> ask(@RestQuery @DefaultValue("guest") String user, @RestQuery String question) {
        return Multi.createFrom()
                .items(() -> model.stream(user, question)) // closed when the stream ends or the reader has gone
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .filter(line -> line.startsWith("data: {"))
                .map(line -> text(line.substring(6)))
                .filter(text -> !text.isEmpty());
    }

    private String text(String chunk) {
        try {
            return json.readTree(chunk).at("/choices/0/delta/content").asText("");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
