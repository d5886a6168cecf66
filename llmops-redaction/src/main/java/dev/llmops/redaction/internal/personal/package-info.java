/** Internal, not part of the API: detectors of personal data of any country, such as e-mail, telephones and cards. */
@NullMarked
package dev.llmops.redaction.internal.personal;

import org.jspecify.annotations.NullMarked;
