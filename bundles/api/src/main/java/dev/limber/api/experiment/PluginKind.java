package dev.limber.api.experiment;

/// Kinds of plug-in.
public enum PluginKind {
    /// [dev.limber.api.environment.EnvironmentFactory]
    ENVIRONMENTS,
    /// [dev.limber.api.algorithm.AlgorithmFactory]
    ALGORITHMS,
    /// [dev.limber.api.environment.NormalizerFactory]
    NORMALIZERS,
    /// [dev.limber.api.reward.RewardFactory]
    REWARDS,
    /// [dev.limber.api.physics.PhysicsEngine]
    ENGINES,
    /// [dev.limber.api.metrics.RecorderFactory]
    RECORDERS,
    /// [dev.limber.api.robot.RobotFactory]
    ROBOTS,
    /// [dev.limber.api.session.ControllerFactory]
    CONTROLLERS,
    /// [dev.limber.api.render.Renderer]
    RENDERERS
}
