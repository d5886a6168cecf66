package dev.llmops.samples.gateway.release;

import dev.llmops.report.evidence.EvidencePack;
import dev.llmops.report.evidence.EvidencePackBuilder;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.privacy.Privacy;
import dev.llmops.samples.gateway.views.TraceRing;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code GET /release/{id}/pack}: the evidence pack of the latest release, as it was judged last. */
public final class PackEndpoint implements Endpoint {

    /** The path; what is in braces is the id of the release. */
    public static final String PATH = "/release/{id}/pack";

    private final Vertx vertx;
    private final Releases releases;
    private final String policyYaml;
    private final TraceRing log;
    private final Privacy privacy;

    /**
     * Creates the endpoint.
     *
     * @param policyYaml the text of the releases' policy
     * @param log the records from which requests are sampled
     */
    public PackEndpoint(Vertx vertx, Releases releases, String policyYaml, TraceRing log, Privacy privacy) {
        this.vertx = vertx;
        this.releases = releases;
        this.policyYaml = policyYaml;
        this.log = log;
        this.privacy = privacy;
    }

    /** Returns the address of a pack, relative to the root. */
    static String link(String id) {
        return PATH.substring(1).replace("{id}", id);
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        String id = exchange.pathParameter(PATH);
        Release release = releases.latest()
                .filter(known -> known.id().equals(id) && known.judged().isPresent())
                .orElseThrow(() -> new ApiError(
                                404, "not_found", "release " + id + " is unknown — GET /gate names the latest", null)
                        .refusal());
        vertx.executeBlocking(() -> zip(release), false)
                .onSuccess(zip -> {
                    exchange.response
                            .putHeader("Content-Type", "application/zip")
                            .putHeader("Content-Disposition", "attachment; filename=\"" + id + ".zip\"");
                    exchange.end(zip);
                })
                .onFailure(exchange::fail);
    }

    private Buffer zip(Release release) throws IOException {
        Release.Judged judged = release.judged().orElseThrow();
        EvidencePack pack = EvidencePack.builder(policyYaml, release.profile, judged.evidence(), judged.situation())
                .redactor("llmops-redaction", privacy::text)
                .versions(release.baseline, release.changes.orElse(release.baseline))
                .switchEvents(release.events())
                .log(log.lines(), EvidencePackBuilder.DEFAULT_REQUESTS)
                .build();
        Path file = Files.createTempFile("llmops-pack", ".zip");
        try {
            pack.writeZip(file);
            return Buffer.buffer(Files.readAllBytes(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
