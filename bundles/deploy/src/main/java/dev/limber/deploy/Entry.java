package dev.limber.deploy;

import dev.limber.api.deploy.Arrival;
import dev.limber.api.deploy.DeployedBundle;
import dev.limber.api.deploy.DeployedBundle.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.osgi.framework.Bundle;

/// A jar in the folder and what became of it.
///
/// @param file where it lies in the folder
/// @param jar the private copy that was examined and installed
/// @param state what became of it
/// @param since when
/// @param reason why it is not active; empty where it is
/// @param bundle what was installed, where it is
record Entry(Path file, Jar jar, State state, Instant since, String reason, Optional<Bundle> bundle) {

    /// A jar that nothing has been decided about.
    static Entry queued(Path file, Jar jar) {
        return new Entry(file, jar, State.WAITING, Instant.now(),
                "another version of " + jar.name() + " that came before is not decided yet", Optional.empty());
    }

    Entry active(Bundle installed) {
        return new Entry(file, jar, State.ACTIVE, Instant.now(), "", Optional.of(installed));
    }

    Entry onProbation(Bundle installed) {
        return new Entry(file, jar, State.ON_PROBATION, Instant.now(),
                "the experiments that use it try it; a paused one does so when it goes on", Optional.of(installed));
    }

    Entry without(State other, String why) {
        return new Entry(file, jar, other, Instant.now(), why, Optional.empty());
    }

    boolean active() {
        return state == State.ACTIVE;
    }

    String fileName() {
        return FileNames.shown(file);
    }

    Arrival arrival() {
        return new Arrival(bundle.orElseThrow().getBundleId(), jar.name(), jar.version().toString(), jar.sha256());
    }

    DeployedBundle shown() {
        return new DeployedBundle(jar.name(), jar.version().toString(), state, since, fileName(), jar.sha256(), reason);
    }
}
