package dev.limber.experiment;

import dev.limber.api.algorithm.AlgorithmFactory;
import dev.limber.api.algorithm.Tuning;
import dev.limber.api.deploy.Arrival;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.NormalizerFactory;
import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.LeftOut;
import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.metrics.RecorderFactory;
import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.Renderer;
import dev.limber.api.render.Renderers;
import dev.limber.api.reward.RewardFactory;
import dev.limber.api.robot.RobotFactory;
import dev.limber.api.session.ControllerFactory;
import dev.limber.api.video.VideoEncoder;
import dev.limber.experiment.catalog.InstalledPlugins;
import dev.limber.experiment.catalog.MetatypeOptions;
import dev.limber.experiment.pixels.PixelOptions;
import dev.limber.experiment.plan.OptionSet;
import dev.limber.experiment.plan.PlanResolver;
import dev.limber.experiment.plan.RunnerOptions;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/// The catalogue of the plug-ins that are registered as services. Service threads only change the list.
@Component(service = {Catalog.class, ServiceCatalog.class})
public final class ServiceCatalog implements Catalog {

    private static final System.Logger LOG = System.getLogger(ServiceCatalog.class.getName());

    private final InstalledPlugins plugins;
    /// By the numbers of their services.
    private final Map<Long, LeftOut> leftOut = new ConcurrentHashMap<>();
    private final List<OptionInfo> runnerOptions = MetatypeOptions.of(RunnerOptions.class);
    private final List<OptionInfo> pixelOptions = MetatypeOptions.of(PixelOptions.class);
    /// SHA-256 of the jars that were deployed, by the numbers of their bundles.
    private final Map<Long, String> sums = new ConcurrentHashMap<>();
    private Optional<Renderers> renderers = Optional.empty();
    private Optional<VideoEncoder> encoder = Optional.empty();

    /// A catalogue that services are added to.
    public ServiceCatalog() {
        this(new InstalledPlugins());
    }

    /// A catalogue of the given plug-ins.
    public ServiceCatalog(InstalledPlugins plugins) {
        this.plugins = plugins;
    }

    /// The plug-ins with what builds them.
    public InstalledPlugins plugins() {
        return plugins;
    }

    /// Remembers what a bundle was installed from.
    void deployed(Arrival arrival) {
        sums.put(arrival.bundle(), arrival.sha256());
    }

    /// The bundle that a plug-in comes from.
    Arrival origin(InstalledPlugins.Installed<?> plugin) {
        return new Arrival(plugin.bundle(), plugin.info().bundle(), plugin.info().version(),
                sums.getOrDefault(plugin.bundle(), ""));
    }

    @Override
    public List<PluginInfo> plugins(PluginKind kind) {
        return plugins.of(kind).stream().map(InstalledPlugins.Installed::info).toList();
    }

    @Override
    public PluginInfo plugin(PluginKind kind, String name) {
        return plugins.find(kind, Object.class, name).info();
    }

    @Override
    public List<LeftOut> leftOut() {
        return List.copyOf(leftOut.values());
    }

    @Override
    public List<OptionInfo> runnerOptions() {
        return runnerOptions;
    }

    @Override
    public Tuning tuning(String algorithm, String environment, Map<String, String> settings) {
        return new PlanResolver(plugins, runnerOptions).tuning(algorithm, environment, settings);
    }

    @Override
    public Options options(PluginKind kind, String name, Map<String, String> settings) {
        var options = new OptionSet(name, plugin(kind, name).options());
        settings.forEach((option, text) -> options.set(option, text, OptionSet.Source.USER));
        return options.options();
    }

    @Override
    public EnvironmentSpec environment(String name, Map<String, String> settings) {
        return new PlanResolver(plugins, runnerOptions).environment(name, settings).spec();
    }

    @Reference(service = EnvironmentFactory.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addEnvironment(ServiceReference<EnvironmentFactory> reference, EnvironmentFactory service) {
        add(PluginKind.ENVIRONMENTS, reference, service);
    }

    void removeEnvironment(ServiceReference<EnvironmentFactory> reference) {
        remove(reference);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindRenderers(Renderers service) {
        renderers = Optional.of(service);
        plugins.studio().drawWith(renderers);
    }

    synchronized void unbindRenderers(Renderers service) {
        renderers = renderers.filter(other -> other != service); // the next one comes before the last one goes
        plugins.studio().drawWith(renderers);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindEncoder(VideoEncoder service) {
        encoder = Optional.of(service);
        plugins.studio().filmWith(encoder);
    }

    synchronized void unbindEncoder(VideoEncoder service) {
        encoder = encoder.filter(other -> other != service);
        plugins.studio().filmWith(encoder);
    }

    @Reference(service = AlgorithmFactory.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addAlgorithm(ServiceReference<AlgorithmFactory> reference, AlgorithmFactory service) {
        add(PluginKind.ALGORITHMS, reference, service);
    }

    void removeAlgorithm(ServiceReference<AlgorithmFactory> reference) {
        remove(reference);
    }

    @Reference(service = NormalizerFactory.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addNormalizer(ServiceReference<NormalizerFactory> reference, NormalizerFactory service) {
        add(PluginKind.NORMALIZERS, reference, service);
    }

    void removeNormalizer(ServiceReference<NormalizerFactory> reference) {
        remove(reference);
    }

    @Reference(service = RewardFactory.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addReward(ServiceReference<RewardFactory> reference, RewardFactory service) {
        add(PluginKind.REWARDS, reference, service);
    }

    void removeReward(ServiceReference<RewardFactory> reference) {
        remove(reference);
    }

    @Reference(service = PhysicsEngine.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addEngine(ServiceReference<PhysicsEngine> reference, PhysicsEngine service) {
        add(PluginKind.ENGINES, reference, service);
    }

    void removeEngine(ServiceReference<PhysicsEngine> reference) {
        remove(reference);
    }

    @Reference(service = RecorderFactory.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addRecorder(ServiceReference<RecorderFactory> reference, RecorderFactory service) {
        add(PluginKind.RECORDERS, reference, service);
    }

    void removeRecorder(ServiceReference<RecorderFactory> reference) {
        remove(reference);
    }

    @Reference(service = RobotFactory.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addRobot(ServiceReference<RobotFactory> reference, RobotFactory service) {
        add(PluginKind.ROBOTS, reference, service);
    }

    void removeRobot(ServiceReference<RobotFactory> reference) {
        remove(reference);
    }

    @Reference(service = ControllerFactory.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addController(ServiceReference<ControllerFactory> reference, ControllerFactory service) {
        add(PluginKind.CONTROLLERS, reference, service);
    }

    void removeController(ServiceReference<ControllerFactory> reference) {
        remove(reference);
    }

    @Reference(service = Renderer.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addRenderer(ServiceReference<Renderer> reference, Renderer service) {
        add(PluginKind.RENDERERS, reference, service);
    }

    void removeRenderer(ServiceReference<Renderer> reference) {
        remove(reference);
    }

    private void add(PluginKind kind, ServiceReference<?> reference, Object service) {
        Bundle bundle = reference.getBundle();
        if (bundle == null) { // it has just gone
            return;
        }
        try {
            plugins.add(installed(kind, reference, bundle, service));
        } catch (RuntimeException | Error broken) { // the component runtime would keep it to itself
            String name = reference.getProperty(Plugin.NAME) instanceof String text ? text : component(reference);
            String reason = broken instanceof UsageException ? broken.getMessage() : broken.toString();
            leftOut.put(id(reference), new LeftOut(name, bundle.getSymbolicName(), bundle.getVersion().toString(),
                    reason.lines().findFirst().orElse("")));
        }
    }

    private InstalledPlugins.Installed<?> installed(PluginKind kind, ServiceReference<?> reference, Bundle bundle,
            Object service) {
        if (!(reference.getProperty(Plugin.NAME) instanceof String name)) {
            throw new UsageException("it has no service property " + Plugin.NAME + "; annotate it @Plugin");
        }
        String description = reference.getProperty(Plugin.DESCRIPTION) instanceof String text ? text : "";
        Enumeration<URL> files = bundle.findEntries("OSGI-INF/metatype", "*.xml", false);
        List<OptionInfo> options = files == null
                ? List.of()
                : MetatypeOptions.ofComponent(Collections.list(files), component(reference));
        if (service instanceof EnvironmentFactory factory && hasScene(factory, name)) {
            options = Stream.concat(options.stream(), pixelOptions.stream()).toList();
        }
        int ranking = reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer value ? value : 0;
        return new InstalledPlugins.Installed<>(new PluginInfo(kind, name, description, bundle.getSymbolicName(),
                bundle.getVersion().toString(), options), service, ranking, bundle.getBundleId(), id(reference));
    }

    private static String component(ServiceReference<?> reference) {
        return reference.getProperty("component.name") instanceof String text ? text : "";
    }

    /// An environment that cannot be drawn can be trained in still.
    private static boolean hasScene(EnvironmentFactory factory, String name) {
        try {
            return factory.scene(Options.defaults()).isPresent();
        } catch (Throwable failure) { // whatever plug-ins throw
            LOG.log(System.Logger.Level.WARNING, "the scene of " + name + " fails", failure);
            return false;
        }
    }

    private void remove(ServiceReference<?> reference) {
        plugins.remove(id(reference));
        leftOut.remove(id(reference));
    }

    private static long id(ServiceReference<?> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }
}
