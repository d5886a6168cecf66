/** Measures the models, AI services and tools of LangChain4j. */
@NullMarked
package dev.llmops.langchain4j;

import org.jspecify.annotations.NullMarked;
