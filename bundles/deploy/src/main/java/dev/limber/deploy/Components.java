package dev.limber.deploy;

import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/// What the component runtime knows of a bundle.
final class Components {

    private final BundleContext context;
    private final ServiceComponentRuntime runtime;

    Components(BundleContext context, ServiceComponentRuntime runtime) {
        this.context = context;
        this.runtime = runtime;
    }

    /// Gets every service of a bundle once, so that those that cannot be built show themselves.
    ///
    /// @return what failed, a line each
    List<String> failures(Bundle bundle) {
        var missing = new ArrayList<String>();
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> reference : services == null ? new ServiceReference<?>[0] : services) {
            try {
                if (context.getService(reference) == null) {
                    missing.add("component " + reference.getProperty("component.name") + " cannot be created"
                            + obstacle(bundle, reference));
                }
            } finally {
                context.ungetService(reference);
            }
        }
        var failures = new ArrayList<String>();
        each(bundle, (description, configuration) -> {
            if (configuration.failure != null) {
                failures.add("component " + description.name + " failed: " + cause(configuration.failure));
            }
        });
        Collection<ComponentDescriptionDTO> descriptions = runtime.getComponentDescriptionDTOs(bundle);
        List<String> files = files(bundle);
        if (descriptions.size() < files.size()) {
            failures.add("a component cannot be read from " + String.join(" or ", files));
        }
        for (ComponentDescriptionDTO description : descriptions) {
            if (runtime.getComponentConfigurationDTOs(description).isEmpty() && description.defaultEnabled
                    && !"require".equals(description.configurationPolicy)) {
                failures.add("component " + description.name + " cannot be set up");
            }
        }
        return failures.isEmpty() ? missing : failures;
    }

    /// What is wrong with the class of a component, where that is what hinders: the component runtime does not tell.
    private String obstacle(Bundle bundle, ServiceReference<?> reference) {
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs(bundle)) {
            if (description.name.equals(reference.getProperty(ComponentConstants.COMPONENT_NAME))) {
                try {
                    Class<?> implementation = bundle.loadClass(description.implementationClass);
                    for (String type : description.serviceInterfaces) {
                        if (!bundle.loadClass(type).isAssignableFrom(implementation)) {
                            return ": " + implementation.getName() + " is no " + type;
                        }
                    }
                } catch (ClassNotFoundException | LinkageError broken) {
                    return ": " + Failures.described(broken);
                }
            }
        }
        return "";
    }

    /// The files that describe components, each of which has one at least.
    private static List<String> files(Bundle bundle) {
        String header = bundle.getHeaders("").get(ComponentConstants.SERVICE_COMPONENT);
        var files = new ArrayList<String>();
        for (String clause : header == null || header.isBlank() ? new String[0] : header.split(",")) {
            String path = clause.split(";")[0].strip();
            int name = path.lastIndexOf('/') + 1;
            Enumeration<URL> found = bundle.findEntries(path.substring(0, name), path.substring(name), false);
            if (found == null) {
                files.add(path);
            } else {
                found.asIterator().forEachRemaining(file -> files.add(file.getPath().substring(1)));
            }
        }
        return files;
    }

    /// What the components of a bundle wait for, a line each.
    List<String> waiting(Bundle bundle) {
        var waiting = new ArrayList<String>();
        each(bundle, (description, configuration) -> {
            for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) {
                waiting.add("component " + description.name + " waits for the service "
                        + wanted(description, reference.name)
                        + (reference.target == null ? "" : " with " + reference.target));
            }
        });
        return waiting;
    }

    /// The type that a reference wants; its own name says nothing to users.
    private static String wanted(ComponentDescriptionDTO description, String reference) {
        return Arrays.stream(description.references).filter(each -> each.name.equals(reference))
                .map(each -> each.interfaceName).findFirst().orElse("'" + reference + "'");
    }

    /// The bundle that has a component of that name.
    List<Bundle> bundlesOf(String component) {
        return runtime.getComponentDescriptionDTOs().stream().filter(each -> each.name.equals(component))
                .map(each -> context.getBundle(each.bundle.id)).toList();
    }

    private interface Visitor {
        void visit(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration);
    }

    private void each(Bundle bundle, Visitor visitor) {
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(description)) {
                visitor.visit(description, configuration);
            }
        }
    }

    /// The innermost cause in a stack trace, which is what the author needs to know.
    private static String cause(String trace) {
        return trace.lines().filter(line -> line.startsWith("Caused by: ")).reduce((first, second) -> second)
                .map(line -> line.substring("Caused by: ".length()))
                .orElseGet(() -> trace.lines().findFirst().orElse("")).replaceFirst("^[\\w.]+\\.", "");
    }
}
