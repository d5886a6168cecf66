package dev.llmops.endings;

import dev.llmops.core.LlmOps;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An application that asks the provider one question through the framework under test. */
@FunctionalInterface
public interface Application {

    /**
     * Asks, and does what the ending demands of the application. Returns when the application has seen the end of its
     * answer, or has cancelled, given up or ignored it; an exception that the framework throws belongs into the transcript.
     *
     * @param ending what is to happen
     * @param provider the address of the provider, without a path
     * @param llmops what measures; null to run the framework bare, which must look the same to the application
     * @return what the application saw
     */
    Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) throws Exception;
}
