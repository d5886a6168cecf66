/** Internal, not part of the API: what reads the responses of LangChain4j. */
@NullMarked
package dev.llmops.langchain4j.internal;

import org.jspecify.annotations.NullMarked;
