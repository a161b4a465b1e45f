package dev.limber.learning.replay;

import dev.limber.api.environment.Observations;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.space.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Episodes of random length and content in a batch of copies, and every step of them as an object of its own: what a
/// replay memory must give back. The first number of an action is the running number of its step.
final class RandomEpisodes {

    /// A step as it was.
    static final class Step {

        final int number;
        final float[] observation;
        final byte[] picture;
        final float[] action;
        float reward;
        float[] next;
        byte[] nextPicture;
        boolean terminated;
        boolean last;
        Step following;

        Step(int number, float[] observation, byte[] picture, float[] action) {
            this.number = number;
            this.observation = observation;
            this.picture = picture;
            this.action = action;
        }
    }

    final ReplaySpec spec;
    final List<Step> steps = new ArrayList<>();
    final float[] actions;
    final float[] rewards;
    final boolean[] terminated;
    final boolean[] truncated;
    final Observations now;
    final Observations finals;

    private final SeededRandom random;
    private final double endProbability;
    private final int copies;
    private final int width;
    private final int actionWidth;
    private final int picture;
    // Per copy: what each row of its ring holds, null for a row without an action; the newest has none yet.
    private final List<List<Step>> rows = new ArrayList<>();
    private final Step[] running;

    RandomEpisodes(ReplaySpec spec, long seed, double endProbability) {
        this.spec = spec;
        this.endProbability = endProbability;
        random = new SeededRandom(seed);
        copies = spec.copies();
        width = spec.observation().size();
        actionWidth = spec.action().size();
        picture = spec.pictureBytes();
        actions = new float[copies * actionWidth];
        rewards = new float[copies];
        terminated = new boolean[copies];
        truncated = new boolean[copies];
        now = new Observations(new float[copies * width], new byte[copies * picture]);
        finals = new Observations(new float[copies * width], new byte[copies * picture]);
        Arrays.fill(finals.values(), Float.NaN);
        running = new Step[copies];
        for (int copy = 0; copy < copies; copy++) {
            rows.add(new ArrayList<>());
            begin(copy);
        }
    }

    static ReplaySpec spec(int width, int actionWidth, Image image, int copies, int capacity, int frames) {
        return new ReplaySpec(Box.unbounded(names(width)), Optional.ofNullable(image),
                Box.unbounded(names(actionWidth)), copies, capacity, frames);
    }

    private static String[] names(int count) {
        String[] names = new String[count];
        Arrays.setAll(names, i -> "number " + i + " [m]");
        return names;
    }

    /// Takes one step in every copy.
    void step() {
        for (int copy = 0; copy < copies; copy++) {
            Step step = new Step(steps.size(), values(now, copy), planar(now, copy), new float[actionWidth]);
            step.action[0] = step.number;
            for (int i = 1; i < actionWidth; i++) {
                step.action[i] = random.nextFloat();
            }
            System.arraycopy(step.action, 0, actions, copy * actionWidth, actionWidth);
            step.reward = rewards[copy] = (float) random.nextGaussian();
            move(copy);
            step.next = values(now, copy);
            step.nextPicture = planar(now, copy);
            boolean ends = random.nextDouble() < endProbability;
            int how = random.nextInt(3);
            step.terminated = terminated[copy] = ends && how != 0;
            truncated[copy] = ends && how != 1;
            step.last = ends;
            steps.add(step);
            if (running[copy] != null) {
                running[copy].following = step;
            }
            running[copy] = step;
            rows.get(copy).add(step);
            if (ends) {
                System.arraycopy(now.values(), copy * width, finals.values(), copy * width, width);
                System.arraycopy(now.pixels(), copy * picture, finals.pixels(), copy * picture, picture);
                rows.get(copy).add(null);
                begin(copy);
            }
        }
    }

    /// Resets a copy in the middle of its episode.
    void interrupt(int copy) {
        if (running[copy] != null) {
            running[copy].last = true;
        }
        rows.get(copy).add(null);
        begin(copy);
    }

    /// Adds the last step to a memory.
    void addTo(ReplayMemory memory) {
        memory.add(actions, rewards, terminated, truncated, now, finals);
    }

    /// Adds the last step to a memory.
    void addTo(PrioritizedReplay memory) {
        memory.add(actions, rewards, terminated, truncated, now, finals);
    }

    /// The steps that a memory can still draw, by the rule of its layout.
    List<Step> drawable() {
        List<Step> result = new ArrayList<>();
        for (List<Step> ofCopy : rows) {
            int oldest = Math.max(0, ofCopy.size() + 1 - spec.rowsPerCopy());
            for (int i = oldest + spec.frames() - 1; i < ofCopy.size(); i++) {
                if (ofCopy.get(i) != null) {
                    result.add(ofCopy.get(i));
                }
            }
        }
        return result;
    }

    private void begin(int copy) {
        running[copy] = null;
        for (int frame = 0; frame < spec.frames() - 1; frame++) {
            rows.get(copy).add(null);
        }
        // Older frames of a first stack may be anything: zeros, repetitions, noise.
        int pad = random.nextInt(3);
        move(copy);
        int channels = spec.image().map(Image::channels).orElse(1);
        int newest = channels - channels / spec.frames();
        for (int i = 0; i < picture; i++) {
            int channel = i % channels;
            if (channel < newest) {
                byte repeated = now.pixels()[copy * picture + i - channel + newest + channel % (channels - newest)];
                now.pixels()[copy * picture + i] = switch (pad) {
                    case 0 -> (byte) 0;
                    case 1 -> repeated;
                    default -> (byte) random.nextInt(256);
                };
            }
        }
    }

    private void move(int copy) {
        for (int i = 0; i < width; i++) {
            now.values()[copy * width + i] = (float) random.nextGaussian();
        }
        int channels = spec.image().map(Image::channels).orElse(1);
        int perFrame = channels / spec.frames();
        for (int i = 0; i < picture; i++) {
            int at = copy * picture + i;
            boolean older = i % channels < channels - perFrame;
            now.pixels()[at] = older ? now.pixels()[at + perFrame] : (byte) random.nextInt(256);
        }
    }

    private float[] values(Observations observations, int copy) {
        return Arrays.copyOfRange(observations.values(), copy * width, (copy + 1) * width);
    }

    /// Channels first.
    private byte[] planar(Observations observations, int copy) {
        byte[] result = new byte[picture];
        spec.image().ifPresent(image -> {
            int plane = image.height() * image.width();
            for (int channel = 0; channel < image.channels(); channel++) {
                for (int i = 0; i < plane; i++) {
                    result[channel * plane + i] = observations.pixels()[copy * picture + i * image.channels()
                            + channel];
                }
            }
        });
        return result;
    }
}
