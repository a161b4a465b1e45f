#!/usr/bin/env python3
"""Steps per second of DDPG on Pendulum-v1 in PyTorch: acting, stepping, remembering and one update per step.

    benchmarks/ddpg.py THREADS [STEPS]

Networks, batch, losses, optimiser and order of work are those of CleanRL's ddpg_continuous_action.py: two networks of
256 x 256, a batch of 256, Adam with 3e-4, the actor and all targets in every second step. The environment's equations
are Gymnasium's, written out below, so that only PyTorch is needed. Prints one number: the median over windows of 500
steps.
"""

import math
import random
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

OBSERVATION, ACTION, BOUND = 3, 1, 2.0
BATCH, GAMMA, TAU, LR, POLICY_DELAY, NOISE = 256, 0.99, 0.005, 3e-4, 2, 0.1
WARMUP, WINDOW, SKIPPED = 1000, 500, 2


class Pendulum:
    """Pendulum-v1: 1 kg, 1 m, 10 m/s^2, 50 ms, episodes of 200 steps."""

    def reset(self):
        self.angle = random.uniform(-math.pi, math.pi)
        self.speed = random.uniform(-1, 1)
        self.steps = 0
        return self.observe()

    def observe(self):
        return [math.cos(self.angle), math.sin(self.angle), self.speed]

    def step(self, torque):
        torque = max(-BOUND, min(BOUND, torque))
        angle = (self.angle + math.pi) % (2 * math.pi) - math.pi
        reward = -(angle**2 + 0.1 * self.speed**2 + 0.001 * torque**2)
        self.speed = max(-8, min(8, self.speed + (15 * math.sin(self.angle) + 3 * torque) * 0.05))
        self.angle += self.speed * 0.05
        self.steps += 1
        return self.observe(), reward, self.steps == 200


class Critic(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(OBSERVATION + ACTION, 256)
        self.fc2 = nn.Linear(256, 256)
        self.fc3 = nn.Linear(256, 1)

    def forward(self, observation, action):
        x = torch.cat([observation, action], 1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


class Actor(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(OBSERVATION, 256)
        self.fc2 = nn.Linear(256, 256)
        self.fc_mu = nn.Linear(256, ACTION)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return torch.tanh(self.fc_mu(x)) * BOUND


class Memory:
    """The last transitions, as tensors that are written in place."""

    def __init__(self, capacity):
        self.observations = torch.zeros(capacity, OBSERVATION)
        self.actions = torch.zeros(capacity, ACTION)
        self.rewards = torch.zeros(capacity, 1)
        self.next_observations = torch.zeros(capacity, OBSERVATION)
        self.size = 0

    def add(self, observation, action, reward, next_observation):
        i = self.size
        self.observations[i] = torch.tensor(observation)
        self.actions[i] = action
        self.rewards[i] = reward
        self.next_observations[i] = torch.tensor(next_observation)
        self.size += 1

    def sample(self):
        rows = torch.randint(self.size, (BATCH,))
        return self.observations[rows], self.actions[rows], self.rewards[rows], self.next_observations[rows]


def follow(targets, network):
    for target, parameter in zip(targets.parameters(), network.parameters()):
        target.data.copy_(TAU * parameter.data + (1 - TAU) * target.data)


def main(threads, steps):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    random.seed(1)
    actor, target_actor, critic, target_critic = Actor(), Actor(), Critic(), Critic()
    target_actor.load_state_dict(actor.state_dict())
    target_critic.load_state_dict(critic.state_dict())
    actor_optimizer = torch.optim.Adam(actor.parameters(), lr=LR)
    critic_optimizer = torch.optim.Adam(critic.parameters(), lr=LR)
    memory = Memory(WARMUP + steps)
    environment = Pendulum()
    observation = environment.reset()
    rates = []
    began = time.perf_counter()
    for step in range(WARMUP + steps):
        if step < WARMUP:
            action = random.uniform(-BOUND, BOUND)
        else:
            with torch.no_grad():
                action = actor(torch.tensor([observation]))
                action += torch.normal(0, BOUND * NOISE, size=(1, ACTION))
                action = action.clamp(-BOUND, BOUND).item()
        next_observation, reward, ended = environment.step(action)
        # An episode of the pendulum is only ever cut short, so that every next observation has a value.
        memory.add(observation, action, reward, next_observation)
        observation = environment.reset() if ended else next_observation
        if step < WARMUP:
            continue

        observations, actions, rewards, next_observations = memory.sample()
        with torch.no_grad():
            next_values = target_critic(next_observations, target_actor(next_observations))
            targets = rewards + GAMMA * next_values
        critic_loss = F.mse_loss(critic(observations, actions), targets)
        critic_optimizer.zero_grad()
        critic_loss.backward()
        critic_optimizer.step()
        if step % POLICY_DELAY == 0:
            actor_loss = -critic(observations, actor(observations)).mean()
            actor_optimizer.zero_grad()
            actor_loss.backward()
            actor_optimizer.step()
            follow(target_actor, actor)
            follow(target_critic, critic)

        if (step - WARMUP + 1) % WINDOW == 0:
            now = time.perf_counter()
            rates.append(WINDOW / (now - began))
            began = now
    print(f"{statistics.median(rates[SKIPPED:]):.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5000)
