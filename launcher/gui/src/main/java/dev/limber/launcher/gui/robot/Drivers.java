package dev.limber.launcher.gui.robot;

import dev.limber.api.experiment.Catalog;
import dev.limber.api.experiment.ExperimentListener;
import dev.limber.api.experiment.Experiments;
import dev.limber.api.experiment.PluginInfo;
import dev.limber.api.experiment.PluginKind;
import dev.limber.api.experiment.RunPolicy;
import dev.limber.api.gui.Run;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.policy.PolicyManifest;
import dev.limber.api.session.Controller;
import dev.limber.api.session.ControllerFactory;
import dev.limber.api.session.RobotSession;
import dev.limber.api.session.RobotSessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who can drive a robot: policies of runs, and controllers.
///
/// @param factories of controllers by name, as they are now
record Drivers(Catalog catalog, Experiments experiments, RobotSessions sessions,
        Map<String, ControllerFactory> factories) {

    /// Somebody who can drive.
    sealed interface Driver {

        /// A run's policy.
        ///
        /// @param folder the run's
        record OfRun(Path folder) implements Driver {

            @Override
            public String toString() {
                return folder.getFileName().toString();
            }
        }

        /// A controller.
        record OfPlugin(PluginInfo plugin) implements Driver {

            @Override
            public String toString() {
                return plugin.name();
            }
        }
    }

    /// All of them, controllers last.
    List<Driver> all(List<Run> runs) {
        List<Driver> all = new ArrayList<>();
        runs.forEach(run -> all.add(new Driver.OfRun(run.folder())));
        catalog.plugins(PluginKind.CONTROLLERS).forEach(plugin -> all.add(new Driver.OfPlugin(plugin)));
        return all;
    }

    /// What a run's numbers mean on a robot; empty where nobody says. Takes its time.
    Optional<PolicyManifest> manifest(Driver.OfRun run) {
        try (RunPolicy policy = experiments.policy(run.folder(), "latest", ExperimentListener.NONE)) {
            return policy.manifest();
        }
    }

    /// Lets somebody drive. Takes its time.
    ///
    /// @param settings of a controller
    void drive(RobotSession session, Driver driver, Map<String, String> settings) {
        switch (driver) {
            case Driver.OfRun run -> drive(session, run);
            case Driver.OfPlugin(PluginInfo plugin) -> {
                ControllerFactory factory = Optional.ofNullable(factories.get(plugin.name())).orElseThrow(
                        () -> new UsageException("the plug-in of controller '" + plugin.name() + "' is gone"));
                Controller controller = factory.create(session,
                        catalog.options(PluginKind.CONTROLLERS, plugin.name(), settings));
                run(session, plugin.name(), controller, Optional.empty());
            }
        }
    }

    private void drive(RobotSession session, Driver.OfRun run) {
        RunPolicy policy = experiments.policy(run.folder(), "latest", ExperimentListener.NONE);
        try {
            PolicyManifest manifest = policy.manifest().orElseThrow(() -> new UsageException("run " + run
                    + " was trained in " + policy.environment().name()
                    + ", which does not say what its numbers mean on a robot"));
            run(session, run + " at step " + policy.step(), sessions.controller(policy, manifest, session.robot()),
                    Optional.of(manifest));
        } catch (RuntimeException refused) {
            policy.close();
            throw refused;
        }
    }

    private static void run(RobotSession session, String name, Controller controller,
            Optional<PolicyManifest> manifest) {
        try {
            if (manifest.isPresent()) {
                session.run(name, controller, manifest.get());
            } else {
                session.run(name, controller);
            }
        } catch (RuntimeException refused) {
            controller.close();
            throw refused;
        }
    }
}
