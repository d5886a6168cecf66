package dev.llmops.aspect;

/** Looks for libraries that may be absent. */
final class OptionalLibrary {

    private OptionalLibrary() {}

    static boolean isPresent(String className) {
        try {
            Class.forName(className, false, OptionalLibrary.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
