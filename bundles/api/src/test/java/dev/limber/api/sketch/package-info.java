/// One small working example of each kind of plug-in that the contracts must carry: a learner with a replay memory, a
/// planner on a simulator, learned dynamics, a learned reward, pixel observations, a robot as an environment.
package dev.limber.api.sketch;
