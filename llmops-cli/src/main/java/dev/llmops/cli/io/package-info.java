/** What the commands read and how they answer. */
@NullMarked
package dev.llmops.cli.io;

import org.jspecify.annotations.NullMarked;
