/** An agent of a workshop: an AI service of LangChain4j with tools, budgets and objectives. */
@NullMarked
package dev.llmops.samples.agent;

import org.jspecify.annotations.NullMarked;
