package dev.llmops.aspect;

import dev.llmops.aspect.service.AnswerService;
import dev.llmops.aspect.service.Answers;
import dev.llmops.core.LlmOps;

class LlmProxyContractTest extends WeavingContract {

    @Override
    Answers observed(LlmOps llmops) {
        return LlmProxy.of(llmops, Answers.class, new AnswerService());
    }
}
