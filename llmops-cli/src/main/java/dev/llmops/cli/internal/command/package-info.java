/** Internal, not part of the API: the commands, one class for each group. */
@NullMarked
package dev.llmops.cli.internal.command;

import org.jspecify.annotations.NullMarked;
