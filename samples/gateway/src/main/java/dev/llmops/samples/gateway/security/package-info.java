/** Who may do what: credentials, roles, rates, and the checks of requests from browsers. */
@NullMarked
package dev.llmops.samples.gateway.security;

import org.jspecify.annotations.NullMarked;
