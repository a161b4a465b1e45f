package dev.limber.experiment.loop;

import dev.limber.api.deploy.Arrival;
import dev.limber.experiment.plan.Plan;

/// What may take over from a plan.
///
/// @param origin where what it has anew comes from, for the user
/// @param plan the other plan
public record Successor(Arrival origin, Plan plan) {}
