package dev.limber.api.watch;

import dev.limber.api.environment.EnvironmentSpec;

/// One moment of the watched copies, after a step: what they did, where that left them, and what they observe now.
///
/// A copy whose episode has just ended shows the first moment of the next one; the action, the rewards and the ends are
/// those of the step that ended it. Arrays are row-major over the n watched copies and reused by [Watch#read]. What an
/// environment does not have is empty.
public final class Sample {

    /// Numbers of a contact: two bodies, position (x, y, z) [m], normal (x, y, z) towards the first body, force [N].
    public static final int CONTACT = 9;
    /// The most contacts of a copy.
    public static final int MAX_CONTACTS = 24;

    private final Subject subject;
    private long step;
    private long nanos;
    private final double[] poses;
    private final double[] states;
    private final float[] observations;
    private final byte[] pixels;
    private final float[] actions;
    private final float[] rewards;
    private final float[] rewardTerms;
    private final double[] contacts;
    private final int[] contactCounts;
    private final boolean[] terminated;
    private final boolean[] truncated;

    /// An empty sample.
    public Sample(Subject subject) {
        this.subject = subject;
        int n = subject.size();
        EnvironmentSpec environment = subject.environment();
        poses = new double[n * subject.poseSize()];
        states = new double[n * environment.stateNames().size()];
        observations = new float[n * environment.observation().size()];
        pixels = new byte[n * subject.pixelSize()];
        actions = new float[n * environment.action().size()];
        rewards = new float[n];
        rewardTerms = new float[n * environment.rewardTerms().size()];
        contacts = new double[n * CONTACT * subject.maxContacts()];
        contactCounts = new int[n];
        terminated = new boolean[n];
        truncated = new boolean[n];
    }

    /// Becomes the same as another of the same subject.
    public void set(Sample other) {
        step = other.step;
        nanos = other.nanos;
        System.arraycopy(other.poses, 0, poses, 0, poses.length);
        System.arraycopy(other.states, 0, states, 0, states.length);
        System.arraycopy(other.observations, 0, observations, 0, observations.length);
        System.arraycopy(other.pixels, 0, pixels, 0, pixels.length);
        System.arraycopy(other.actions, 0, actions, 0, actions.length);
        System.arraycopy(other.rewards, 0, rewards, 0, rewards.length);
        System.arraycopy(other.rewardTerms, 0, rewardTerms, 0, rewardTerms.length);
        System.arraycopy(other.contacts, 0, contacts, 0, contacts.length);
        System.arraycopy(other.contactCounts, 0, contactCounts, 0, contactCounts.length);
        System.arraycopy(other.terminated, 0, terminated, 0, terminated.length);
        System.arraycopy(other.truncated, 0, truncated, 0, truncated.length);
    }

    /// Says when it was.
    ///
    /// @param steps environment steps taken, all copies together
    /// @param now of [System#nanoTime]
    public void at(long steps, long now) {
        step = steps;
        nanos = now;
    }

    /// What it shows.
    public Subject subject() {
        return subject;
    }

    /// Environment steps taken, all copies together.
    public long step() {
        return step;
    }

    /// When it was, of [System#nanoTime].
    public long nanos() {
        return nanos;
    }

    /// Poses of the scene's bodies [n, bodies, 7].
    public double[] poses() {
        return poses;
    }

    /// Physical states [n, state].
    public double[] states() {
        return states;
    }

    /// What the copies observe now, before any normaliser [n, observation]; 0 where they observe pictures alone.
    public float[] observations() {
        return observations;
    }

    /// The pictures that the copies observe now, unsigned bytes [n, height, width, channels].
    public byte[] pixels() {
        return pixels;
    }

    /// What was done, as the policy said it [n, action].
    public float[] actions() {
        return actions;
    }

    /// Rewards of the step [n].
    public float[] rewards() {
        return rewards;
    }

    /// Terms of the reward of the step, unweighted, copy by copy [n, terms].
    public float[] rewardTerms() {
        return rewardTerms;
    }

    /// Where bodies touch [n, [#MAX_CONTACTS], [#CONTACT]]; empty where there is no physical model.
    public double[] contacts() {
        return contacts;
    }

    /// How many contacts each copy has [n].
    public int[] contactCounts() {
        return contactCounts;
    }

    /// Where the step ended an episode for good [n].
    public boolean[] terminated() {
        return terminated;
    }

    /// Where the step cut an episode short [n].
    public boolean[] truncated() {
        return truncated;
    }
}
