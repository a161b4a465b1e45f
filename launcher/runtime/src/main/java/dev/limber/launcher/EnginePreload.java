package dev.limber.launcher;

import ai.djl.engine.Engine;

/// Loads DJL's engine and its native libraries in the background, which takes longer than starting the framework.
final class EnginePreload {

    private EnginePreload() {}

    /// Starts to load. Who asks for the engine meanwhile waits in its class initialiser. A failure is met again, and told,
    /// by who needs the engine.
    static void start() {
        Thread.ofPlatform().daemon().name("engine preload").start(() -> {
            try (var manager = Engine.getInstance().newBaseManager()) {
                manager.create(new float[] {1}).add(1).close();
            } catch (RuntimeException | LinkageError ignored) {
                // See above.
            }
        });
    }
}
