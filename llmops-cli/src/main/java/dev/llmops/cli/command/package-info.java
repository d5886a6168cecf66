/** The commands, one class for each group. */
@NullMarked
package dev.llmops.cli.command;

import org.jspecify.annotations.NullMarked;
