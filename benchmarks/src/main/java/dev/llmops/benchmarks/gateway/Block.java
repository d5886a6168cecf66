package dev.llmops.benchmarks.gateway;

/** The figures of one block of requests: how many were answered, and milliseconds until the first byte and the end. */
record Block(double requests, double firstByteP50, double firstByteP99, double wholeP50, double wholeP99) {}
