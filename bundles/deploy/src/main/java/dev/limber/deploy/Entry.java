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

    static Entry of(Path file, Jar jar, State state, String reason, Optional<Bundle> bundle) {
        return new Entry(file, jar, state, Instant.now(), reason, bundle);
    }

    boolean active() {
        return state == State.ACTIVE;
    }

    String fileName() {
        return file.getFileName().toString();
    }

    Arrival arrival() {
        return new Arrival(bundle.orElseThrow().getBundleId(), jar.name(), jar.version().toString(), jar.sha256());
    }

    DeployedBundle shown() {
        return new DeployedBundle(jar.name(), jar.version().toString(), state, since, fileName(), jar.sha256(), reason);
    }
}
