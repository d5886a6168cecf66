/** The command {@code llmops}. Its options and exit codes, which {@code docs/cli.md} describes, are the contract. */
@NullMarked
package dev.llmops.cli;

import org.jspecify.annotations.NullMarked;
