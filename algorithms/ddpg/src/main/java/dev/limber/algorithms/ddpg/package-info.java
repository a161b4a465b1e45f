/// Actor-critics for continuous actions that learn from a replay memory: DDPG, TD3 and SAC.
package dev.limber.algorithms.ddpg;
