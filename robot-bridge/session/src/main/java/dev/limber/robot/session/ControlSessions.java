package dev.limber.robot.session;

import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.experiment.RunPolicy;
import dev.limber.api.plugin.Plugin;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.robot.Robot;
import dev.limber.api.robot.RobotFactory;
import dev.limber.api.robot.RobotSpec;
import dev.limber.api.session.Controller;
import dev.limber.api.session.RobotSession;
import dev.limber.api.session.RobotSessions;
import dev.limber.api.session.SessionHeader;
import dev.limber.api.session.SessionListener;
import dev.limber.api.session.SessionRecorder;
import dev.limber.api.session.SessionRecorderFactory;
import dev.limber.api.session.SessionSpec;
import dev.limber.robot.session.controller.PolicyController;
import dev.limber.robot.session.realtime.Pace;
import dev.limber.robot.session.remote.StopRequest;
import dev.limber.robot.session.remote.StopSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/// Opens control sessions with the robots that are installed, and stops them when what they stand on goes: a driver, a controller, the process.
@Component(service = RobotSessions.class)
public final class ControlSessions implements RobotSessions, SynchronousBundleListener {

    private static final System.Logger LOG = System.getLogger(ControlSessions.class.getName());

    private final BundleContext context;
    private final Catalog catalog;
    private final Map<String, RobotFactory> robots = new ConcurrentHashMap<>();
    private final Map<String, SessionRecorderFactory> recorders = new ConcurrentHashMap<>();
    private final Map<LiveSession, RobotFactory> sessions = new ConcurrentHashMap<>();
    private final Thread hook = Thread.ofPlatform().name("stop of robots").unstarted(this::stopWithProcess);

    private Optional<StopSocket> socket = Optional.empty();

    /// Begins to watch the framework and the process.
    @Activate
    public ControlSessions(BundleContext context, @Reference Catalog catalog) {
        this.context = context;
        this.catalog = catalog;
        Runtime.getRuntime().addShutdownHook(hook);
        context.addBundleListener(this);
    }

    @Reference(service = RobotFactory.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addRobot(RobotFactory factory, Map<String, Object> properties) {
        if (properties.get(Plugin.NAME) instanceof String name) {
            robots.put(name, factory);
        }
    }

    void removeRobot(RobotFactory factory) {
        robots.values().remove(factory);
        List<LiveSession> driven = sessions.keySet().stream().filter(session -> sessions.get(session) == factory)
                .toList();
        driven.forEach(session -> session.emergencyStop("the driver's plug-in was withdrawn"));
        driven.forEach(LiveSession::awaitStop);
    }

    @Reference(service = SessionRecorderFactory.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void addRecorder(SessionRecorderFactory factory, Map<String, Object> properties) {
        if (properties.get(Plugin.NAME) instanceof String name) {
            recorders.put(name, factory);
        }
    }

    void removeRecorder(SessionRecorderFactory factory) {
        recorders.values().remove(factory);
    }

    @Override
    public List<String> scan(String robot, Map<String, String> settings) {
        return factory(robot).scan(catalog.options(PluginKind.ROBOTS, robot, settings));
    }

    @Override
    public void setId(String robot, String address, Map<String, String> settings, int from, int to) {
        requireNoSession(robot, address);
        factory(robot).setId(address, catalog.options(PluginKind.ROBOTS, robot, settings), from, to);
    }

    @Override
    public void setBaud(String robot, String address, Map<String, String> settings, int id, int baud) {
        requireNoSession(robot, address);
        factory(robot).setBaud(address, catalog.options(PluginKind.ROBOTS, robot, settings), id, baud);
    }

    private void requireNoSession(String robot, String address) {
        for (LiveSession other : sessions.keySet()) {
            if (other.spec().robot().equals(robot) && other.spec().address().equals(address)) {
                throw new UsageException("robot " + robot + ":" + address + " has a session already, which is "
                        + other.phase() + "; close that first");
            }
        }
    }

    @Override
    public RobotSession open(SessionSpec spec, SessionListener listener) {
        RobotFactory factory = factory(spec.robot());
        requireNoSession(spec.robot(), spec.address());
        Robot robot = factory.create(spec.address(),
                catalog.options(PluginKind.ROBOTS, spec.robot(), spec.settings()));
        var session = new LiveSession(spec, robot, Pace.ofMachine(), header -> record(spec, header), listener,
                sessions::remove);
        sessions.put(session, factory);
        listen(spec.realTimePriority());
        return session;
    }

    @Override
    public Controller controller(RunPolicy policy, PolicyManifest manifest, RobotSpec robot) {
        return PolicyController.of(policy, manifest, robot);
    }

    private RobotFactory factory(String name) {
        catalog.plugin(PluginKind.ROBOTS, name); // Names the nearest ones where there is none.
        return Optional.ofNullable(robots.get(name))
                .orElseThrow(() -> new UsageException("the driver of robot '" + name + "' is going; try again"));
    }

    private Optional<SessionRecorder> record(SessionSpec spec, SessionHeader header) {
        return spec.recording().map(file -> recorder(file).open(file, header));
    }

    /// The recorder that is called as the file ends, or the only one.
    private SessionRecorderFactory recorder(Path file) {
        String name = file.getFileName().toString();
        SessionRecorderFactory named = recorders.get(name.substring(name.lastIndexOf('.') + 1));
        if (named != null) {
            return named;
        }
        List<SessionRecorderFactory> all = List.copyOf(recorders.values());
        if (all.isEmpty()) {
            throw new UsageException(
                    "there is nothing that records sessions; the bundle dev.limber.robot.recording is not installed");
        }
        if (all.size() > 1) {
            throw new UsageException("the recording " + name + " must end in how it shall be recorded: "
                    + recorders.keySet().stream().sorted().map(each -> "." + each).collect(Collectors.joining(", ")));
        }
        return all.getFirst();
    }

    @Override
    public List<String> stopAll(boolean atOnce) {
        return StopRequest.send(atOnce);
    }

    /// What other terminals can ask of the sessions of this process.
    private StopSocket.Stops stops() {
        return new StopSocket.Stops(this::stopAtOnce, () -> stopTogether(LiveSession::awaitStop),
                () -> stopTogether(LiveSession::stop));
    }

    private void stopAtOnce() {
        for (LiveSession session : sessions.keySet()) { // no lambda, which would have to be linked first
            session.emergencyStop("command line");
        }
    }

    /// Stops all of them at the same time: none waits until another has come to rest.
    private List<String> stopTogether(Consumer<LiveSession> way) {
        List<CompletableFuture<String>> outcomes = sessions.keySet().stream().map(
                session -> CompletableFuture.supplyAsync(() -> outcome(session, way), Thread::startVirtualThread))
                .toList();
        return outcomes.stream().map(CompletableFuture::join).toList();
    }

    private static String outcome(LiveSession session, Consumer<LiveSession> way) {
        String name = session.spec().robot() + ":" + session.spec().address();
        try {
            way.accept(session);
            return name + " is " + session.phase() + " (" + session.status().reason() + ")";
        } catch (RuntimeException e) {
            return name + " was not stopped: " + e.getMessage();
        }
    }

    /// Begins to listen for other terminals, with the first session, as urgently as that.
    private void listen(int priority) {
        synchronized (hook) {
            if (socket.isEmpty()) {
                try {
                    socket = Optional.of(StopSocket.open(stops(), priority));
                } catch (IOException | UnsupportedOperationException e) { // Not every system has such sockets.
                    LOG.log(System.Logger.Level.WARNING, "robots cannot be stopped from other terminals: {0}",
                            e.getMessage());
                }
            }
        }
    }

    @Override
    public List<RobotSession> sessions() {
        return List.copyOf(sessions.keySet());
    }

    /// A plug-in stops: what it drives may not be driven by it any longer, before its classes are gone.
    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING) {
            Bundle going = event.getBundle();
            for (LiveSession session : sessions.keySet()) {
                if (session.drivenBy(part -> FrameworkUtil.getBundle(part.getClass()) == going)) {
                    session.withdraw(going.getSymbolicName());
                }
            }
        }
    }

    private void stopWithProcess() {
        for (LiveSession session : sessions.keySet()) { // All of them, before any is waited for.
            session.triggerWithProcess();
        }
        sessions.keySet().forEach(LiveSession::stopWithProcess);
        synchronized (hook) {
            socket.ifPresent(StopSocket::close);
        }
    }

    /// Closes all sessions, which stops their robots.
    @Deactivate
    void close() {
        context.removeBundleListener(this);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException processEnds) {
            // The hook is at it.
        }
        stopTogether(LiveSession::close);
        synchronized (hook) {
            socket.ifPresent(StopSocket::close);
        }
    }
}
