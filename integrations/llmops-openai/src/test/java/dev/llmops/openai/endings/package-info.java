@org.jspecify.annotations.NullMarked
package dev.llmops.openai.endings;
