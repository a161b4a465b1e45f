/// The commands `list`, `info`, `train`, `resume`, `evaluate`, `rollout` and `shell`: they read arguments, call the
/// experiment services and print what comes back.
package dev.limber.launcher.commandline;
