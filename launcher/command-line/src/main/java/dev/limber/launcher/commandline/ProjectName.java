package dev.limber.launcher.commandline;

import dev.limber.api.plugin.UsageException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/// What a project of a plug-in is called.
///
/// @param plugin the name users type: slippery-cart
/// @param className the class that has it: SlipperyCart
/// @param packageName the package and the bundle: com.example.slipperycart
record ProjectName(String plugin, String className, String packageName) {

    private static final Pattern WORDS = Pattern.compile("[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*");
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)+");
    private static final int LONGEST = 60;

    /// The names that follow from one, written as SlipperyCart or slippery-cart.
    ///
    /// @param packageName where the package is not to follow from the name
    static ProjectName of(String typed, Optional<String> packageName) {
        if (!WORDS.matcher(typed).matches() || typed.length() > LONGEST) {
            throw new UsageException("'" + typed + "' cannot be a name; take up to " + LONGEST
                    + " letters, digits and dashes, such as slippery-cart or SlipperyCart");
        }
        String plugin = typed.replaceAll("([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])", "$1$3-$2").toLowerCase(Locale.ROOT);
        var className = new StringBuilder();
        for (String word : typed.split("-")) {
            className.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        String name = packageName.orElse("com.example." + plugin.replace("-", ""));
        if (!PACKAGE.matcher(name).matches() || !SourceVersion.isName(name)) {
            throw new UsageException("'" + name + "' cannot be a package"
                    + (packageName.isEmpty() ? "; name one with --package" : "")
                    + ", such as com.example.slipperycart");
        }
        if (name.startsWith("java.")) {
            throw new UsageException("packages that begin with java. are Java's own; take one such as "
                    + "com.example.slipperycart");
        }
        return new ProjectName(plugin, className.toString(), name);
    }
}
