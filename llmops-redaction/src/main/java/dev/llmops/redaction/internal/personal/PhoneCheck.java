package dev.llmops.redaction.internal.personal;

/** Says whether digits without a plus sign or a word beside them are a telephone number. */
@FunctionalInterface
public interface PhoneCheck {

    /** Refuses every number: without a directory of the world's numbering plans, digits alone say nothing. */
    PhoneCheck NONE = candidate -> false;

    boolean isPhone(String candidate);
}
