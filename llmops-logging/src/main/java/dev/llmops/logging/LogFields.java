package dev.llmops.logging;

/** The record of an entry, which writes its fields as often and in as many forms as it is asked to. Immutable. */
interface LogFields {

    void writeTo(FieldWriter out);
}
