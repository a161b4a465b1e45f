package dev.limber.deploy;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.BundleException;

/// Says what is thrown in one line.
final class Failures {

    private static final int LONGEST = 500;

    /// What the framework says of something that nobody offers: its namespace, name and the range of versions.
    private static final Pattern MISSING = Pattern.compile(
            "\\((osgi\\.[a-z.]+)=([^)]+)\\)((?:\\(version[>=]+[^)]+\\)|\\(!\\(version>=[^)]+\\)\\)"
                    + "|\\(bundle-version>=[^)]+\\)|\\(!\\(bundle-version>=[^)]+\\)\\))*)");

    private Failures() {}

    /// True where other bundles may still bring what is missing.
    static boolean unresolved(Throwable failure) {
        return failure instanceof BundleException bundle && bundle.getType() == BundleException.RESOLVE_ERROR;
    }

    /// What a bundle that was installed or started has thrown, or the framework about it.
    static String line(Throwable failure) {
        if (unresolved(failure)) {
            return missing(String.valueOf(failure.getMessage()));
        }
        if (failure instanceof BundleException && failure.getCause() == null) {
            return oneLine(failure.getMessage());
        }
        Throwable cause = failure;
        while (cause instanceof BundleException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return oneLine((failure instanceof BundleException ? "its activator failed: " : "its activation failed: ")
                + described(cause));
    }

    /// What the last cause that says something says: the framework hides it behind sentences of its own.
    static String innermost(Throwable failure) {
        String line = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean tells = cause.getMessage() != null && !(cause instanceof NumberFormatException);
            line = tells ? cause.getMessage() : line;
        }
        return oneLine(line);
    }

    private static String missing(String message) {
        // Of several the last one is the innermost.
        String what = oneLine(message).replaceFirst(
                ".*missing requirement \\[[^]]*] ?\\(?R? ?[\\d.]*\\)?]? ([^ ;]+); (.*) Unresolved requirements:.*",
                "no bundle provides $1 with $2");
        Matcher matcher = MISSING.matcher(message);
        while (matcher.find()) {
            String name = matcher.group(2) + versions(matcher.group(3));
            what = switch (matcher.group(1)) {
                case "osgi.wiring.package" -> "no bundle has the package " + name;
                case "osgi.wiring.bundle", "osgi.wiring.host" -> "there is no bundle " + name;
                case "osgi.ee" -> "this Java is not " + name;
                default -> "no bundle provides " + matcher.group(1) + " " + name;
            };
        }
        return what;
    }

    private static String versions(String filter) {
        return filter == null || filter.isEmpty()
                ? ""
                : " of version " + filter.replaceAll("\\(!\\((?:bundle-)?version>=([^)]+)\\)\\)", ", below $1")
                        .replaceAll("\\((?:bundle-)?version>=([^)]+)\\)", "$1 or later").replaceFirst("^, ", "");
    }

    /// What was thrown, for whoever does not know the code that threw it.
    static String described(Throwable thrown) {
        String message = thrown.getMessage();
        return switch (thrown) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException gone -> "there is no " + message;
            default -> oneLine(thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message));
        };
    }

    /// The first line that says something, without what would end it or change the terminal.
    static String oneLine(String text) {
        String line = String.valueOf(text).lines().map(String::strip).filter(each -> !each.isEmpty()).findFirst()
                .orElse("").replaceAll("[\\p{Cntrl}\\x{2028}\\x{2029}]", "_");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
