package dev.limber.deploy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.BundleException;

/// Says what a framework throws in one line.
final class Failures {

    /// What the framework says of a package that nobody exports: its name and the range of versions.
    private static final Pattern MISSING_PACKAGE = Pattern
            .compile("\\(osgi\\.wiring\\.package=([^)]+)\\)((?:\\(version>=[^)]+\\)|\\(!\\(version>=[^)]+\\)\\))*)");

    private Failures() {}

    /// True where other bundles may still bring what is missing.
    static boolean unresolved(Throwable failure) {
        return failure instanceof BundleException bundle && bundle.getType() == BundleException.RESOLVE_ERROR;
    }

    /// One line.
    static String line(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        Matcher missing = MISSING_PACKAGE.matcher(message);
        if (unresolved(failure) && missing.find()) {
            return "no bundle has the package " + missing.group(1) + versions(missing.group(2));
        }
        Throwable cause = failure;
        while (failure instanceof BundleException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return (cause == failure ? message : "its activator failed: " + cause).lines().map(String::strip)
                .findFirst().orElse("");
    }

    private static String versions(String filter) {
        return filter.isEmpty() ? "" : " of " + filter.replace("(!(version>=", "(below ").replace("))", ")");
    }
}
