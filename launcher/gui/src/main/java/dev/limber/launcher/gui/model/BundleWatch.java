package dev.limber.launcher.gui.model;

import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.Deployments;
import dev.limber.launcher.gui.priority.GivingWay;
import java.util.List;
import java.util.function.Consumer;

/// Looks at the bundles twice a second, on a thread of its own.
final class BundleWatch {

    private static final long LOOK_MILLIS = 500;

    private final Deployments deployments;
    private final Consumer<List<DeployedBundle>> changed;
    private final Thread thread;

    /// @param changed hears of every change, on the watch's thread
    BundleWatch(Deployments deployments, Consumer<List<DeployedBundle>> changed) {
        this.deployments = deployments;
        this.changed = changed;
        thread = Thread.ofPlatform().daemon(true).name("limber-gui-bundles").unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    private void watch() {
        GivingWay.ENTIRELY.begin();
        List<DeployedBundle> last = List.of();
        try {
            while (!Thread.interrupted()) {
                List<DeployedBundle> bundles = List.copyOf(deployments.bundles());
                if (!bundles.equals(last)) {
                    last = bundles;
                    changed.accept(bundles);
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException | IllegalStateException ended) {
            // as was asked for, or what is looked at has gone
        }
    }
}
