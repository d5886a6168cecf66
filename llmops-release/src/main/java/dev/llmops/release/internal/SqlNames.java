package dev.llmops.release.internal;

import java.util.regex.Pattern;

/** Checks names that become part of a query. */
public final class SqlNames {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");

    private SqlNames() {}

    public static String plain(String what, String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of the " + what + " is no plain identifier ('" + name
                    + "') — letters, digits and _ are allowed, and a schema before a dot — make a view with"
                    + " such a name");
        }
        return name;
    }
}
