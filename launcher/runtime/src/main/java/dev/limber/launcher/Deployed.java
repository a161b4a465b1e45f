package dev.limber.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;

/// The jars in the folder `deploy`: plug-ins of users, which start together with those of Limber. One that does not work
/// is told in one line and hinders nothing.
final class Deployed {

    private final BundleContext context;
    private final Map<Bundle, String> names = new LinkedHashMap<>();
    private final List<String> refused = new ArrayList<>();

    private Deployed(BundleContext context) {
        this.context = context;
    }

    /// Installs the jars of a folder, which need not exist, to start with the framework.
    static Deployed install(BundleContext context, Path folder, List<Path> jars) {
        var deployed = new Deployed(context);
        for (Path jar : jars) {
            deployed.install(jar, folder.getFileName() + "/" + jar.getFileName());
        }
        return deployed;
    }

    private void install(Path jar, String name) {
        // Copied, so that a running experiment keeps its classes when the file is replaced.
        try (InputStream content = Files.newInputStream(jar)) {
            Bundle bundle = context.installBundle(jar.toUri().toString(), content);
            if (bundle.getSymbolicName() == null) {
                bundle.uninstall();
                refused.add(name + " is left out: it is no bundle, its manifest has no Bundle-SymbolicName");
                return;
            }
            bundle.adapt(BundleStartLevel.class).setStartLevel(StartLevel.PLUGINS);
            bundle.start(Bundle.START_ACTIVATION_POLICY);
            names.put(bundle, name);
        } catch (BundleException | IOException failure) {
            refused.add(name + " is left out: " + Problems.line(failure));
        }
    }

    /// What keeps them from working, once the framework has started: a line each.
    List<String> problems() {
        var problems = new ArrayList<>(refused);
        names.forEach((bundle, name) -> {
            for (String problem : of(bundle)) {
                problems.add(name + " is left out: " + problem);
            }
        });
        return problems;
    }

    private List<String> of(Bundle bundle) {
        if (bundle.getState() != Bundle.ACTIVE) {
            return List.of(Problems.reason(bundle));
        }
        // A component that cannot be built shows itself only when it is asked for.
        var missing = new ArrayList<String>();
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            if (context.getService(service) == null) {
                missing.add("component " + service.getProperty("component.name") + " cannot be created");
            }
        }
        List<String> explained = Problems.components(context, bundle);
        return explained.isEmpty() ? missing : explained;
    }
}
