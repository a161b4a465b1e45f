package dev.limber.deploy;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
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
                    missing.add("component " + reference.getProperty("component.name") + " cannot be created");
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
        for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs(bundle)) {
            if (runtime.getComponentConfigurationDTOs(description).isEmpty() && description.defaultEnabled
                    && !"require".equals(description.configurationPolicy)) {
                failures.add("component " + description.name + " cannot be set up");
            }
        }
        return failures.isEmpty() ? missing : failures;
    }

    /// What the components of a bundle wait for, a line each.
    List<String> waiting(Bundle bundle) {
        var waiting = new ArrayList<String>();
        each(bundle, (description, configuration) -> {
            for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) {
                waiting.add("component " + description.name + " waits for the service '" + reference.name + "'"
                        + (reference.target == null ? "" : " with " + reference.target));
            }
        });
        return waiting;
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
                .orElseGet(() -> trace.lines().findFirst().orElse(""));
    }
}
