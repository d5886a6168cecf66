/** Prompts as versions: files in the repository, checked when they are read, named by their digest. */
@NullMarked
package dev.llmops.release.prompt;

import org.jspecify.annotations.NullMarked;
