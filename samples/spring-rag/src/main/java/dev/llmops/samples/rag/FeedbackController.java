package dev.llmops.samples.rag;

import dev.llmops.core.LlmOps;
import dev.llmops.quality.Feedback;
import dev.llmops.quality.QualityMonitor;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Records what people say of an answer. */
@RestController
class FeedbackController {

    /**
     * A verdict.
     *
     * @param requestId the id that came with the answer
     * @param helpful true for thumbs up
     */
    record Verdict(String requestId, boolean helpful) {}

    private final QualityMonitor quality;

    FeedbackController(QualityMonitor quality, LlmOps llmops) {
        this.quality = quality;
        quality.attach(llmops);
    }

    /** Answers 404 if the request is not known, or not any more. */
    @PostMapping("/feedback")
    ResponseEntity<Void> record(@RequestBody Verdict verdict) {
        boolean known = quality.record(Feedback.thumbs(verdict.requestId(), verdict.helpful()));
        return ResponseEntity.status(known ? HttpStatus.NO_CONTENT : HttpStatus.NOT_FOUND)
                .build();
    }
}
