package dev.limber.experiment.render;

import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderer;
import dev.limber.api.render.RendererGoneException;
import dev.limber.api.render.Renderers;
import dev.limber.api.render.Scene;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/// The renderers that are registered as services. Service threads only change the list.
@Component
public final class InstalledRenderers implements Renderers {

    private static final System.Logger LOG = System.getLogger(InstalledRenderers.class.getName());

    /// How long pictures whose renderer has gone wait for the next one [ms].
    private static final long PATIENCE = 5000;

    private final List<Installed> renderers = new ArrayList<>();
    private final Set<String> told = new HashSet<>();

    /// A renderer, its name, and where it stands in the order of services: the greatest is the best.
    record Installed(String name, Comparable<Object> rank, Renderer renderer) {}

    /// Called by the component runtime.
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    synchronized void addRenderer(Renderer renderer, Map<String, Object> properties,
            ServiceReference<Renderer> reference) {
        @SuppressWarnings("unchecked")
        var rank = (Comparable<Object>) (Comparable<?>) reference;
        add(String.valueOf(properties.get(Plugin.NAME)), rank, renderer);
    }

    /// Adds a renderer that is no service.
    synchronized void add(String name, Comparable<Object> rank, Renderer renderer) {
        renderers.add(new Installed(name, rank, renderer));
        renderers.sort(Comparator.comparing(Installed::rank).reversed());
        notifyAll();
    }

    /// Called by the component runtime.
    synchronized void removeRenderer(Renderer renderer) {
        renderers.removeIf(installed -> installed.renderer() == renderer);
    }

    @Override
    public String chosen() {
        return System.getProperty(PROPERTY, AUTO);
    }

    @Override
    public String device() {
        for (Installed installed : candidates(chosen())) {
            if (installed.renderer().problem().isEmpty()) {
                return installed.name() + ": " + installed.renderer().device();
            }
        }
        throw none(chosen());
    }

    @Override
    public Pictures open(Scene scene, PictureSpec spec, String renderer) {
        return new LastingPictures(this, scene, spec, renderer);
    }

    /// Pictures of the best renderer that can draw them, and its name.
    record Opened(String name, Pictures pictures) {}

    /// Opens pictures.
    ///
    /// @param patient whether to wait for a renderer where there is none
    Opened openNow(Scene scene, PictureSpec spec, String name, boolean patient) {
        long deadline = System.nanoTime() + PATIENCE * 1_000_000;
        while (true) {
            Optional<Opened> opened = tryOpen(scene, spec, name);
            if (opened.isPresent()) {
                return opened.get();
            }
            if (!patient || !awaitAnother(deadline)) {
                throw none(name);
            }
        }
    }

    private Optional<Opened> tryOpen(Scene scene, PictureSpec spec, String name) {
        for (Installed installed : candidates(name)) {
            try {
                Optional<String> problem = installed.renderer().problem();
                if (problem.isPresent() && name.equals(AUTO)) {
                    tell(installed.name(), problem.get());
                } else {
                    return Optional.of(new Opened(installed.name(), installed.renderer().open(scene, spec)));
                }
            } catch (RendererGoneException gone) {
                LOG.log(System.Logger.Level.DEBUG, installed.name() + " went while it was asked", gone);
            }
        }
        return Optional.empty();
    }

    private synchronized void tell(String name, String problem) {
        if (told.add(name)) {
            LOG.log(System.Logger.Level.INFO, "renderer {0} is not used: {1}", name, problem);
        }
    }

    private synchronized boolean awaitAnother(long deadline) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            return false;
        }
        try {
            // A renderer that has stopped may still be listed for a moment.
            wait(Math.min(left, 50));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized List<Installed> candidates(String name) {
        return renderers.stream().filter(installed -> name.equals(AUTO) || installed.name().equals(name)).toList();
    }

    private synchronized UsageException none(String name) {
        List<String> names = renderers.stream().map(Installed::name).distinct().toList();
        if (names.isEmpty()) {
            return new UsageException("there is no renderer; the bundles dev.limber.renderer.* draw");
        }
        return new UsageException(name.equals(AUTO)
                ? "none of the renderers " + names + " can draw here"
                : "there is no renderer '" + name + "'; there are " + AUTO + " and " + String.join(", ", names));
    }
}
