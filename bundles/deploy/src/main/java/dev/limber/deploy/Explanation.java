package dev.limber.deploy;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.DeployedBundle.State;
import dev.limber.api.deploy.Deployments;
import dev.limber.api.experiment.LeftOut;
import dev.limber.api.plugin.UsageException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/// Says why something is available or not.
final class Explanation {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .withZone(ZoneId.systemDefault());

    private final BundleContext context;
    private final Components components;
    private final Deployments deployments;
    private final List<LeftOut> leftOut;

    /// @param leftOut plug-ins that are services and cannot be used
    Explanation(BundleContext context, Components components, Deployments deployments, List<LeftOut> leftOut) {
        this.context = context;
        this.components = components;
        this.deployments = deployments;
        this.leftOut = leftOut;
    }

    /// What is known of a bundle, a file, a component or a plug-in of that name: a sentence a line.
    List<String> of(String name) {
        var lines = new LinkedHashSet<String>();
        for (DeployedBundle bundle : deployments.bundles()) {
            String file = bundle.file().replaceFirst(".*/", "");
            // The components of what waits or was refused are known by that alone.
            boolean component = bundle.reason().startsWith("component " + name + " ");
            if (bundle.name().equals(name) || file.equals(name) || file.equals(name + ".jar") || component) {
                lines.add(sentence(bundle));
            }
        }
        // What is refused is known by its file alone; whoever made it knows its name.
        for (Jar jar : new FolderContents(deployments.folder().resolve("quarantine")).jars()) {
            if (jar.name().equals(name)) {
                deployments.bundles().stream()
                        .filter(each -> each.state() == State.QUARANTINED
                                && each.file().endsWith("/" + FileNames.shown(jar.file())))
                        .forEach(each -> lines.add(name + " " + jar.version() + ": " + sentence(each)));
            }
        }
        for (Bundle bundle : context.getBundles()) {
            if (name.equals(bundle.getSymbolicName())) {
                lines.addAll(inside(bundle));
            }
        }
        for (Bundle bundle : components.bundlesOf(name)) {
            boolean hindered = bundle.getState() != Bundle.ACTIVE
                    || Stream.concat(components.failures(bundle).stream(), components.waiting(bundle).stream())
                            .anyMatch(line -> line.startsWith("component " + name + " "));
            lines.add("component " + name + (hindered ? " is in bundle " : " works: it is in bundle ") + named(bundle));
            lines.addAll(inside(bundle));
        }
        for (Offer offer : offers()) {
            if (name.equals(offer.name())) {
                lines.add(name + hindrance(offer).map(reason -> " is left out: " + reason + "; it comes from bundle ")
                        .orElse(" is available: it comes from bundle ") + named(offer.bundle()));
            }
        }
        if (lines.isEmpty()) {
            throw new UsageException("nothing is known of '" + name
                    + "': no bundle, file, component or plug-in has that name; see limber bundles and limber list");
        }
        return List.copyOf(lines);
    }

    private static String sentence(DeployedBundle bundle) {
        String what = bundle.name() + (bundle.version().isEmpty() ? "" : " " + bundle.version());
        return bundle.state() == State.ACTIVE
                ? what + " is active since " + TIME.format(bundle.since())
                : what + " is " + bundle.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " since "
                        + TIME.format(bundle.since()) + (bundle.reason().isEmpty() ? "" : ": " + bundle.reason());
    }

    /// What keeps a bundle and its components from working, and what it offers.
    private List<String> inside(Bundle bundle) {
        var lines = new ArrayList<String>();
        // What is being deployed is started by nobody else, who might wait for it without end.
        if (bundle.getState() == Bundle.INSTALLED && !Installation.deployed(bundle)) {
            try {
                bundle.start(Bundle.START_TRANSIENT);
            } catch (BundleException failure) {
                lines.add(named(bundle) + " cannot be resolved: " + Failures.line(failure));
            }
        }
        if (bundle.getState() == Bundle.ACTIVE) {
            lines.addAll(components.failures(bundle));
            lines.addAll(components.waiting(bundle));
            for (Offer offer : offers()) {
                if (offer.bundle().equals(bundle)) {
                    lines.add("it offers " + offer.name() + " (" + offer.type() + ")"
                            + hindrance(offer).map(reason -> ", which is left out: " + reason).orElse(""));
                }
            }
        }
        return lines;
    }

    /// Why nobody can use a plug-in though its service is there.
    private Optional<String> hindrance(Offer offer) {
        return leftOut.stream().filter(each -> each.name().equals(offer.name())
                && each.bundle().equals(offer.bundle().getSymbolicName())
                && each.version().equals(offer.bundle().getVersion().toString())).map(LeftOut::reason).findFirst();
    }

    /// A plug-in that is registered as a service.
    private record Offer(String name, String type, Bundle bundle) {}

    private List<Offer> offers() {
        ServiceReference<?>[] references;
        try {
            references = context.getAllServiceReferences(null, "(limber.name=*)");
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
        var offers = new ArrayList<Offer>();
        for (ServiceReference<?> reference : references == null ? new ServiceReference<?>[0] : references) {
            Bundle bundle = reference.getBundle();
            if (bundle != null) { // else it has just gone
                String type = ((String[]) reference.getProperty("objectClass"))[0];
                offers.add(new Offer(reference.getProperty("limber.name").toString(),
                        type.substring(type.lastIndexOf('.') + 1), bundle));
            }
        }
        return offers;
    }

    private static String named(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
