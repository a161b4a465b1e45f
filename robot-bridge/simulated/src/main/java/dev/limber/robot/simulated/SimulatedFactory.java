package dev.limber.robot.simulated;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.physics.ModelSpec;
import dev.limber.api.physics.PhysicsEngine;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotFactory;
import dev.limber.api.robot.RobotSpec.Joint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/// The mechanism of an environment as a robot; the address is the environment's name.
@Component(service = RobotFactory.class)
@Plugin(name = "simulated", description = "the mechanism of an environment in real time, with latency and noise; address: the environment, as CartPole-jbullet")
@Designate(ocd = SimulatedSettings.class)
public final class SimulatedFactory implements RobotFactory {

    private static final double CYCLE_SECONDS = 0.001;

    private final Map<String, EnvironmentFactory> environments = new ConcurrentHashMap<>();
    private final Map<String, PhysicsEngine> engines = new ConcurrentHashMap<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addEnvironment(EnvironmentFactory factory, Map<String, Object> properties) {
        environments.put(String.valueOf(properties.get(Plugin.NAME)), factory);
    }

    void removeEnvironment(EnvironmentFactory factory, Map<String, Object> properties) {
        environments.remove(String.valueOf(properties.get(Plugin.NAME)), factory);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addEngine(PhysicsEngine engine, Map<String, Object> properties) {
        engines.put(String.valueOf(properties.get(Plugin.NAME)), engine);
    }

    void removeEngine(PhysicsEngine engine, Map<String, Object> properties) {
        engines.remove(String.valueOf(properties.get(Plugin.NAME)), engine);
    }

    @Override
    public Robot create(String address, Options options) {
        SimulatedSettings settings = options.as(SimulatedSettings.class);
        PhysicsEngine engine = engines.get(settings.engine());
        if (engine == null) {
            throw new UsageException("there is no physics engine '" + settings.engine() + "', only "
                    + new TreeMap<>(engines).keySet());
        }
        return robot(address, model(address), engine, settings, System::nanoTime);
    }

    private ModelSpec model(String address) {
        var models = new TreeMap<String, ModelSpec>();
        environments.forEach(
                (name, factory) -> factory.model(Options.defaults()).ifPresent(model -> models.put(name, model)));
        ModelSpec model = models.get(address);
        if (model == null) {
            throw new UsageException("there is no environment '" + address + "' with a mechanism to simulate, only "
                    + models.keySet());
        }
        return model;
    }

    /// @param clock nanoseconds
    static Robot robot(String name, ModelSpec model, PhysicsEngine engine, SimulatedSettings settings,
            LongSupplier clock) {
        List<Joint> joints = ModelPlant.joints(model);
        double[] start = start(settings.start(), joints.size());
        var imperfections = new Imperfections(settings.latency(), settings.resolution(), settings.positionNoise(),
                settings.velocityNoise(), settings.loss(), settings.seed());
        return new SimulatedRobot(name, joints, CYCLE_SECONDS,
                () -> new ModelPlant(model, engine, ModelPlant.options(settings.step()), start, settings.stiction()),
                imperfections, settings.hand(), clock);
    }

    private static double[] start(String text, int joints) {
        try {
            double[] start = text.isBlank() ? new double[0]
                    : Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
            if (start.length == 0 || start.length == joints) {
                return start;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new UsageException(
                "option 'start' is '" + text + "', it must be " + joints + " numbers with commas between");
    }
}
