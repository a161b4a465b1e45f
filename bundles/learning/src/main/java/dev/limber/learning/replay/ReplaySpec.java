package dev.limber.learning.replay;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.space.Image;
import dev.limber.api.space.Space;
import java.util.Locale;
import java.util.Optional;

/// What a replay memory holds, and how much of it.
///
/// @param observation the vector part of an observation
/// @param image the picture part of an observation, all stacked frames together
/// @param action what the environment takes
/// @param copies how many copies of the environment add to the memory, n
/// @param capacity rows in all; every copy has a ring of `ceil(capacity / copies)` of them
/// @param frames how many frames a picture stacks along its channels, the newest last; 1 where it stacks none
public record ReplaySpec(Space observation, Optional<Image> image, Space action, int copies, int capacity, int frames) {

    /// Checks the numbers.
    public ReplaySpec {
        if (copies < 1) {
            throw new IllegalArgumentException("copies is " + copies + ", it must be at least 1");
        }
        if (frames < 1 || frames > 1 && (image.isEmpty() || image.get().channels() % frames != 0)) {
            throw new IllegalArgumentException("frames is " + frames + ", it must divide the channels of the picture, "
                    + image.map(Image::toString).orElse("which there is none"));
        }
        // The longest thing that one step adds is a final observation and a whole stack to start from.
        long least = (long) copies * (2 * frames + 2);
        if (capacity < least || capacity > Integer.MAX_VALUE - copies) {
            throw new IllegalArgumentException("capacity is " + capacity + ", it must be at least " + least + " for "
                    + copies + " copies with " + frames + " frames, and at most " + (Integer.MAX_VALUE - copies));
        }
    }

    /// What an environment gives, its pictures as they are.
    public static ReplaySpec of(EnvironmentSpec environment, int copies, int capacity) {
        return new ReplaySpec(environment.observation(), environment.image(), environment.action(), copies, capacity,
                1);
    }

    /// The same with pictures that are stacks of `stacked` frames, each of which is then stored once.
    public ReplaySpec withFrames(int stacked) {
        return new ReplaySpec(observation, image, action, copies, capacity, stacked);
    }

    /// Throws where a memory of this kind would not fit off the heap of this JVM.
    ///
    /// @param transitions how many it will have to hold at the end, if its capacity lets it
    /// @throws UsageException saying how much there is room for
    public void requireRoom(long transitions) {
        requireRoom(transitions, DirectMemory.limit());
    }

    void requireRoom(long transitions, long limit) {
        long rows = Math.min(capacity, transitions);
        if (rows * rowBytes() > limit) {
            throw new UsageException(String.format(Locale.ROOT, "a replay memory of %,d transitions takes %,d MiB, and "
                    + "%,d MiB are there for it: remember %,d or less, or start Java with a larger "
                    + "-XX:MaxDirectMemorySize", rows, rows * rowBytes() >> 20, limit >> 20, limit / rowBytes()));
        }
    }

    /// Bytes of a row: observation, action, reward, newest frame and flags.
    long rowBytes() {
        return 4L * (observation.size() + action.size() + 1) + frameBytes() + 1;
    }

    /// Rows in the ring of each copy.
    public int rowsPerCopy() {
        return (int) (((long) capacity + copies - 1) / copies);
    }

    /// Bytes of a whole picture, 0 where there is none.
    public int pictureBytes() {
        return image.map(Image::size).orElse(0);
    }

    /// Bytes of one frame, 0 where there is none.
    public int frameBytes() {
        return pictureBytes() / frames;
    }
}
