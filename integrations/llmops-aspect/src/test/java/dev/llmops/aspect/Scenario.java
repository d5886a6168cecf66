package dev.llmops.aspect;

import dev.llmops.aspect.service.AnswerService;
import dev.llmops.aspect.service.Answers;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.testing.RecordingListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Flux;

/** What an application does with the answers, and what must be recorded: the same for each way of weaving. */
enum Scenario {
    PLAIN("COMPLETED") {
        @Override
        Object run(Answers answers) {
            return answers.plain("why", "u1");
        }
    },
    FAILING("FAILED") {
        @Override
        Object run(Answers answers) {
            try {
                return answers.failing();
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        }
    },
    STAGE("COMPLETED") {
        @Override
        Object run(Answers answers) {
            var stage = answers.stage();
            stage.complete("hello");
            return stage.join();
        }
    },
    STAGE_CANCELLED("CANCELLED") {
        @Override
        Object run(Answers answers) {
            return answers.stage().cancel(true);
        }
    },
    STREAM("COMPLETED 2") {
        @Override
        Object run(Answers answers) {
            return answers.stream().toList();
        }
    },
    STREAM_CLOSED("CANCELLED 1") {
        @Override
        Object run(Answers answers) {
            try (Stream<String> stream = answers.stream()) {
                return stream.iterator().next();
            }
        }
    },
    ITERATOR("COMPLETED 2") {
        @Override
        Object run(Answers answers) {
            Iterator<String> items = answers.iterator();
            List<String> all = new ArrayList<>();
            items.forEachRemaining(all::add);
            return all;
        }
    },
    ITERABLE("COMPLETED 2") {
        @Override
        Object run(Answers answers) {
            List<String> all = new ArrayList<>();
            answers.iterable().forEach(all::add);
            return all;
        }
    },
    BODY("COMPLETED 2") {
        @Override
        Object run(Answers answers) throws IOException {
            try (InputStream body = answers.body()) {
                return new String(body.readAllBytes()).equals(AnswerService.BODY);
            }
        }
    },
    PUBLISHER("COMPLETED 2") {
        @Override
        Object run(Answers answers) {
            return Flux.from(FlowAdapters.toPublisher(answers.publisher()))
                    .collectList()
                    .block();
        }
    },
    MONO("COMPLETED") {
        @Override
        Object run(Answers answers) {
            return answers.mono().block();
        }
    },
    FLUX("COMPLETED 2") {
        @Override
        Object run(Answers answers) {
            return answers.flux().collectList().block();
        }
    },
    FLUX_TWICE("COMPLETED 2, COMPLETED 2") {
        @Override
        Object run(Answers answers) {
            return answers.flux().repeat(1).collectList().block();
        }
    },
    FLUX_CANCELLED("CANCELLED 1") {
        @Override
        Object run(Answers answers) {
            return answers.flux().take(1).blockLast();
        }
    },
    FLUX_NOT_SUBSCRIBED("") {
        @Override
        Object run(Answers answers) {
            return answers.flux() != null;
        }
    },
    UNDECLARED("COMPLETED 2") {
        @Override
        Object run(Answers answers) {
            return ((Flux<?>) answers.undeclared()).collectList().block();
        }
    },
    BY_DEFAULT("COMPLETED") {
        @Override
        Object run(Answers answers) {
            return answers.byDefault();
        }
    };

    private final String recorded;

    Scenario(String recorded) {
        this.recorded = recorded;
    }

    /** Uses the answers; returns what the application saw. */
    abstract Object run(Answers answers) throws Exception;

    /** Returns the outcome of each call, and the number of its tokens if they were seen. */
    String recorded() {
        return recorded;
    }

    static String text(RecordingListener seen) {
        return seen.records().stream().map(Scenario::text).collect(Collectors.joining(", "));
    }

    private static String text(CallRecord record) {
        var tokens = record.usage().outputTokens();
        return record.outcome() + (tokens.isPresent() ? " " + tokens.getAsLong() : "");
    }

    static LlmOps observing(RecordingListener seen) {
        return LlmOps.builder().detectVersions(false).listener(seen).build();
    }
}
