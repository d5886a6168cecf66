@org.jspecify.annotations.NullMarked
package dev.llmops.anthropic.endings;
