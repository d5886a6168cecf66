/** An annotated service, which each way of weaving observes. */
package dev.llmops.aspect.service;
