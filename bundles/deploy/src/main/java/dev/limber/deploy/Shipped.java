package dev.limber.deploy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/// The bundles that came with Limber. One that is replaced by a deployed version stands by. Thread-safe.
final class Shipped {

    private static final String ENGINE = "dev.limber.api.physics.PhysicsEngine";

    private final BundleContext context;
    private final Installation installation;
    /// Those that stand by, by symbolic name.
    private final Map<String, Bundle> standby = new ConcurrentHashMap<>();

    Shipped(BundleContext context, Installation installation) {
        this.context = context;
        this.installation = installation;
    }

    /// The one of that name.
    Optional<Bundle> of(String name) {
        for (Bundle bundle : context.getBundles()) {
            if (name.equals(bundle.getSymbolicName()) && !Installation.deployed(bundle)) {
                return Optional.of(bundle);
            }
        }
        return Optional.empty();
    }

    /// Why a jar cannot take the place of the one of its name.
    Optional<String> objection(Jar jar) {
        Optional<Bundle> own = of(jar.name());
        if (own.isPresent() && jar.version().compareTo(own.get().getVersion()) < 0) {
            return Optional.of("it is older than " + own.get().getVersion() + ", which came with Limber");
        }
        if (own.isPresent() && !replaceable(own.get())) {
            return Optional.of(jar.name() + " is a part of Limber that cannot be replaced while it runs");
        }
        List<Bundle> dependents = own.map(installation::dependents).orElse(List.of());
        if (!dependents.isEmpty()) {
            return Optional.of(jar.name() + " cannot be replaced while others use its packages: "
                    + dependents.stream().map(Bundle::getSymbolicName).sorted().collect(Collectors.joining(", ")));
        }
        return Optional.empty();
    }

    /// True for a bundle that offers plug-ins and nothing else, and for one that did before it was replaced.
    private boolean replaceable(Bundle bundle) {
        ServiceReference<?>[] services = services(bundle);
        return standby.containsValue(bundle) || services.length > 0
                && Arrays.stream(services).allMatch(service -> service.getProperty("limber.name") != null);
    }

    /// Stops a bundle that another version has taken over from.
    void standBy(Bundle bundle) throws InterruptedException {
        if (standby.put(bundle.getSymbolicName(), bundle) == null) {
            installation.stop(bundle);
        }
    }

    /// Starts the one of that name again, where it stands by.
    void wake(String name) throws BundleException {
        Bundle bundle = standby.remove(name);
        if (bundle != null) {
            bundle.start();
        }
    }

    /// True for a bundle that offers a physics engine.
    static boolean engine(Bundle bundle) {
        for (ServiceReference<?> service : services(bundle)) {
            for (String type : (String[]) service.getProperty(Constants.OBJECTCLASS)) {
                if (type.equals(ENGINE)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static ServiceReference<?>[] services(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        return services == null ? new ServiceReference<?>[0] : services;
    }
}
