package dev.limber.launcher.gui.robot;

import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.gui.Workbench;
import dev.limber.api.physics.ModelSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.RobotSpec.Joint;
import dev.limber.api.session.RecordedView;
import dev.limber.api.session.Recordings;
import dev.limber.launcher.gui.timeline.Observatory;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/// Shows recorded sessions in the live view, with the bodies of the environment whose mechanism has the robot's joints.
@Component(service = RecordingPlayer.class)
public final class RecordingPlayer {

    private final Observatory observatory;
    private final List<Recordings> readers = new CopyOnWriteArrayList<>();
    private final Map<String, EnvironmentFactory> environments = new ConcurrentSkipListMap<>();

    /// Made by the component runtime.
    @Activate
    public RecordingPlayer(@Reference Observatory observatory) {
        this.observatory = observatory;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addReader(Recordings reader) {
        readers.add(reader);
    }

    void removeReader(Recordings reader) {
        readers.remove(reader);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addEnvironment(EnvironmentFactory factory, Map<String, Object> properties) {
        environments.put(String.valueOf(properties.get(Plugin.NAME)), factory);
    }

    void removeEnvironment(EnvironmentFactory factory) {
        environments.values().remove(factory);
    }

    /// Plays a recording in the live view. EDT.
    ///
    /// @param workbench of whoever asks
    public void open(Workbench workbench, Path recording) {
        workbench.show("limber.view");
        workbench.inBackground(() -> play(recording), view -> observatory.watch(workbench, recording, view));
    }

    private RecordedView play(Path recording) {
        Recordings reader = readers.stream().findFirst().orElseThrow(
                () -> new UsageException("the bundle dev.limber.robot.recording is not installed"));
        Set<String> joints = reader.summary(recording).header().robot().joints().stream().map(Joint::name)
                .collect(Collectors.toSet());
        return reader.play(recording, fitting(joints, environments.values()));
    }

    /// The environment whose mechanism has just these joints.
    static Optional<EnvironmentFactory> fitting(Set<String> joints, Collection<EnvironmentFactory> factories) {
        return factories.stream().filter(factory -> factory.model(Options.defaults())
                .filter(model -> joints(model).equals(joints)).isPresent()).findFirst();
    }

    private static Set<String> joints(ModelSpec model) {
        return model.bodies().stream().map(ModelSpec.Body::joint).filter(ModelSpec.Joint::hasAxis)
                .map(ModelSpec.Joint::name).collect(Collectors.toSet());
    }
}
