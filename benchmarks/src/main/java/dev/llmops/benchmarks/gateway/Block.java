package dev.llmops.benchmarks.gateway;

/**
 * The figures of one block of requests: how many were answered in a second and what they took of the server's processors, and
 * milliseconds until the first byte and until the end.
 */
record Block(double requests, double cpu, double firstByteP50, double firstByteP99, double wholeP50, double wholeP99) {}
