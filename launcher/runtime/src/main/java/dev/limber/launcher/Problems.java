package dev.limber.launcher;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/// Finds what keeps installed bundles and their components from working.
final class Problems {

    private static final String COMPONENT_RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";

    private static final String CAUSED_BY = "Caused by: ";

    /// What the framework says of a package that nobody exports: its name and the range of versions.
    private static final Pattern MISSING_PACKAGE = Pattern
            .compile("\\(osgi\\.wiring\\.package=([^)]+)\\)((?:\\(version>=[^)]+\\)|\\(!\\(version>=[^)]+\\)\\))*)");

    private Problems() {}

    /// A line for each bundle that is not active and each component that waits for a service.
    static List<String> of(BundleContext context) {
        var problems = new ArrayList<String>();
        for (Bundle bundle : context.getBundles()) {
            boolean fragment = bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
            if (bundle.getState() == Bundle.INSTALLED) {
                problems.add(bundle.getSymbolicName() + " is not resolved: " + reason(bundle, fragment));
            } else if (bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING && !fragment) {
                problems.add(bundle.getSymbolicName() + " is not active: " + reason(bundle, fragment));
            }
        }
        problems.addAll(components(context));
        return problems;
    }

    /// The message of an exception on one line.
    static String line(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (failure.getCause() != null && !(failure instanceof BundleException bundle
                && bundle.getType() == BundleException.RESOLVE_ERROR)) {
            message += " (" + failure.getCause() + ")";
        }
        return message.lines().map(String::strip).reduce((left, right) -> left + " " + right).orElse("");
    }

    private static String reason(Bundle bundle, boolean fragment) {
        if (fragment) {
            return "its host is missing";
        }
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "it starts now, when asked again";
        } catch (BundleException failure) {
            Matcher missing = MISSING_PACKAGE.matcher(line(failure));
            return missing.find()
                    ? "no bundle has the package " + missing.group(1) + versions(missing.group(2))
                    : line(failure);
        }
    }

    private static String versions(String filter) {
        return filter.isEmpty() ? "" : " of " + filter.replace("(!(version>=", "(below ").replace("))", ")");
    }

    /// What keeps components from working: a line each.
    ///
    /// Asks the component runtime, whose classes the launcher does not see: its data objects are public fields.
    private static List<String> components(BundleContext context) {
        ServiceReference<?> reference = reference(context);
        if (reference == null) {
            return List.of("no service component runtime is active");
        }
        Object runtime = context.getService(reference);
        var problems = new ArrayList<String>();
        try {
            var contract = runtime.getClass().getClassLoader().loadClass(COMPONENT_RUNTIME);
            var descriptions = contract.getMethod("getComponentDescriptionDTOs", Bundle[].class);
            for (Object description : (Collection<?>) descriptions.invoke(runtime, (Object) new Bundle[0])) {
                var configurations = contract.getMethod("getComponentConfigurationDTOs", description.getClass());
                for (Object configuration : (Collection<?>) configurations.invoke(runtime, description)) {
                    describe(problems, field(description, "name"), configuration);
                }
            }
        } catch (ReflectiveOperationException failure) {
            problems.add("the components cannot be listed: " + failure);
        } finally {
            context.ungetService(reference);
        }
        return problems;
    }

    /// The launcher may have another version of the contract on its class path, or none, so this must not be asked.
    private static ServiceReference<?> reference(BundleContext context) {
        try {
            ServiceReference<?>[] references = context.getAllServiceReferences(COMPONENT_RUNTIME, null);
            return references == null ? null : references[0];
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void describe(List<String> problems, Object name, Object configuration)
            throws ReflectiveOperationException {
        Object failure = field(configuration, "failure");
        if (failure != null) {
            problems.add("component " + name + " failed: " + cause(failure.toString()));
        }
        Object references = field(configuration, "unsatisfiedReferences");
        for (int i = 0; i < Array.getLength(references); i++) {
            Object waiting = Array.get(references, i);
            problems.add("component " + name + " waits for '" + field(waiting, "name") + "'");
        }
    }

    /// The line of a stack trace that says what went wrong first.
    private static String cause(String trace) {
        return trace.lines().filter(line -> line.startsWith(CAUSED_BY)).reduce((outer, inner) -> inner)
                .map(line -> line.substring(CAUSED_BY.length()))
                .orElseGet(() -> trace.lines().findFirst().orElse(""));
    }

    private static Object field(Object data, String name) throws ReflectiveOperationException {
        return data.getClass().getField(name).get(data);
    }
}
