package dev.limber.api.watch;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.physics.ModelSpec;
import dev.limber.api.render.Scene;
import dev.limber.api.space.Image;
import java.util.Optional;

/// What samples show.
///
/// @param environment what the environment looks like
/// @param scene what there is to see, with its poses in every sample; empty where there is nothing
/// @param model the physical model behind the scene, with the joints of its bodies; empty where there is none
/// @param copies how many copies there are
/// @param watched numbers of the copies that are in the samples, in their order [n]
/// @param pushable whether bodies can be pushed
public record Subject(EnvironmentSpec environment, Optional<Scene> scene, Optional<ModelSpec> model, int copies,
        int[] watched, boolean pushable) {

    /// The same of other copies.
    public Subject of(int... others) {
        return new Subject(environment, scene, model, copies, others, pushable);
    }

    /// The same where nothing can be seen.
    public Subject withoutScene() {
        return new Subject(environment, Optional.empty(), Optional.empty(), copies, watched, false);
    }

    /// Contacts of a copy that a sample has room for.
    public int maxContacts() {
        return model.isPresent() ? Sample.MAX_CONTACTS : 0;
    }

    /// Copies that are in the samples, n.
    public int size() {
        return watched.length;
    }

    /// Numbers in the poses of one copy.
    public int poseSize() {
        return scene.map(Scene::poseSize).orElse(0);
    }

    /// Bytes in the picture that one copy observes.
    public int pixelSize() {
        return environment.image().map(Image::size).orElse(0);
    }

    /// Memory that a sample takes [bytes].
    public long sampleBytes() {
        return 400L + (long) size() * (8L * poseSize() + 8L * environment.stateNames().size()
                + 4L * environment.observation().size() + 4L * environment.action().size() + pixelSize()
                + 4L * (1 + environment.rewardTerms().size()) + 2
                + 8L * Sample.CONTACT * maxContacts());
    }
}
