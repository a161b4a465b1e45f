package dev.limber.experiment.pixels;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentFactory;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.Options;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderers;
import dev.limber.api.render.Scene;
import dev.limber.physics.classiccontrol.CartPole;
import dev.limber.renderer.software.SoftwareRenderer;
import java.util.Map;
import java.util.Optional;

/// The cart-pole as pixels that plain Java draws.
public final class Drawn implements EnvironmentFactory, Renderers {

    private final CartPole plain = new CartPole();
    private final SoftwareRenderer renderer = new SoftwareRenderer();
    private final PixelSpec pixels;

    /// @param settings options of the pixels, in turn name and value
    public Drawn(Map<String, Object> settings) {
        pixels = PixelSpec.of(Options.of(settings).as(PixelOptions.class), scene()).orElseThrow();
    }

    /// The scene of the cart-pole.
    public static Scene scene() {
        return new CartPole().scene(Options.defaults()).orElseThrow();
    }

    /// How it is seen.
    PixelSpec pixels() {
        return pixels;
    }

    /// The same without pixels.
    EnvironmentFactory plain() {
        return plain;
    }

    @Override
    public EnvironmentSpec spec(Options options) {
        return pixels.seen(plain.spec(options));
    }

    @Override
    public Environment create(int copies, Options options) {
        return new PixelEnvironment(plain.create(copies, options), pixels, this);
    }

    @Override
    public Optional<Scene> scene(Options options) {
        return plain.scene(options);
    }

    @Override
    public Pictures open(Scene scene, PictureSpec spec, String name) {
        return renderer.open(scene, spec);
    }

    @Override
    public String chosen() {
        return AUTO;
    }

    @Override
    public String device() {
        return renderer.device();
    }
}
