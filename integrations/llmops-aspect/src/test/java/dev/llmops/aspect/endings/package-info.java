/** The table of endings, for an application that calls the provider with the JDK's HTTP client. */
package dev.llmops.aspect.endings;
