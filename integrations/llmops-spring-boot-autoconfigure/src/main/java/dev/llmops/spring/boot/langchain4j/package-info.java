/** Observes the LangChain4j models among the beans of an application. */
@NullMarked
package dev.llmops.spring.boot.langchain4j;

import org.jspecify.annotations.NullMarked;
