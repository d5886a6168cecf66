/** Clients that others wrote, through a running gateway; {@code tests/clients/run} starts one. */
@NullMarked
package dev.llmops.clients;

import org.jspecify.annotations.NullMarked;
