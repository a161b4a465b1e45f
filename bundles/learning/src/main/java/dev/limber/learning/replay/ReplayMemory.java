package dev.limber.learning.replay;

import dev.limber.api.environment.Observations;
import dev.limber.api.random.SeededRandom;
import dev.limber.api.space.Box;
import dev.limber.api.space.Space;
import dev.limber.api.state.IncompatibleStateException;
import dev.limber.api.state.State;
import dev.limber.api.state.Stateful;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The last transitions of a batch of environments, sampled uniformly: experience replay (Lin, "Self-Improving Reactive
/// Agents Based on Reinforcement Learning, Planning and Teaching", Machine Learning 8, 1992; Mnih et al., "Human-Level
/// Control through Deep Reinforcement Learning", Nature 518, 2015), with returns of several steps (Sutton, "Learning to
/// Predict by the Methods of Temporal Differences", Machine Learning 3, 1988; Hessel et al., "Rainbow", AAAI 2018).
///
/// ```java
/// memory.observe(environment.observations());
/// // act, then
/// environment.step(actions);
/// memory.add(actions, environment.rewards(), environment.terminated(), environment.truncated(),
///         environment.observations(), environment.finalObservations());
/// memory.sample(random, batch);
/// ```
///
/// **Layout.** Each copy has a ring of rows, and a row holds one observation and what was done in it: observation, newest
/// frame of the picture, action, reward, flags. Rows follow each other as the episode did, so the next observation of a
/// row is the row after it, and nothing is stored twice. Where an episode ends, one row more holds its final observation,
/// and where frames are stacked, `frames - 1` rows before the first hold the older frames of its first stack. Such rows
/// have no action and are never drawn. A transition thus costs
/// `4 (observation + action + 1) + frame + 1` bytes and, for episodes of T steps, `frames / T` of that besides, whereas
/// storing both observations takes `4 (2 observation + action + 1) + 2 frames picture + 1`. Less is stored wherever
/// episodes are longer than a step or two; [#size] is smaller than the capacity by the rows without an action.
///
/// Sharing costs sampling nothing: the next observation is one copy of a row either way, from memory that is already
/// near, and rows without an action are skipped by drawing again. What limits sampling is waiting for memory: the
/// numbers of a row lie together for that reason, instead of an array for each of observation, action and reward. Frames are stored channels first, so that a stack is rebuilt by one copy per frame.
///
/// Rows lie off the heap in chunks that come to be when they are first written. The JVM counts them against
/// `-XX:MaxDirectMemorySize`, which is the size of the heap unless set.
///
/// **States.** [#save] takes no copy: the state shares the chunks, and from then on this memory copies a chunk before it
/// first writes to it, as does a memory that the state was [restored][#restore] to. So a state never changes, may be
/// written to a file by another thread while training goes on, and is good for going back to. The price is one copy of
/// each chunk (at most 1 MiB) per save, and the old chunks, which the collector frees once the state is dropped; it is
/// asked to whenever they add up to a quarter of the memory. Whoever
/// knows that a state is no longer used says so by [#release], which saves both.
///
/// Not thread-safe. Nothing is allocated per step or sample, but chunks.
public final class ReplayMemory implements Stateful {

    /// Hears which rows can be drawn.
    interface Listener {

        void added(int row);

        void dropped(int row);
    }

    private static final String SCHEMA = "dev.limber.learning.replay";
    private static final int VERSION = 1;

    private static final byte TRANSITION = 1;
    private static final byte TERMINATED = 2;
    private static final byte LAST = TRANSITION | TERMINATED;

    private final ReplaySpec spec;
    private final int steps;
    private final double gamma;
    private final int copies;
    private final int ring;
    private final int frames;
    private final int observation;
    private final int action;
    private final int frameBytes;
    private final int pictureBytes;
    private Listener listener = new Listener() {
        @Override
        public void added(int row) {
            // Uniform sampling needs no book-keeping.
        }

        @Override
        public void dropped(int row) {
            // Uniform sampling needs no book-keeping.
        }
    };

    private RowStore rows;
    // The slot of the newest observation of each copy, which has no action yet; -1 before the first.
    private final int[] head;
    // How many slots of each ring have been written.
    private final int[] filled;
    private int mostFilled;
    private int size;

    // The pictures of a batch, channels first.
    private final byte[] planar;
    private final MemorySegment planarMemory;

    /// An empty memory of single steps.
    ///
    /// @param gamma discount factor per step, 0 to 1
    public ReplayMemory(ReplaySpec spec, double gamma) {
        this(spec, gamma, 1);
    }

    /// An empty memory.
    ///
    /// @param gamma discount factor per step, 0 to 1
    /// @param steps over how many steps rewards are summed, at least 1. The sum stops sooner at the end of an episode and
    ///        at the newest observation; its discount follows.
    public ReplayMemory(ReplaySpec spec, double gamma, int steps) {
        if (!(gamma >= 0 && gamma <= 1)) {
            throw new IllegalArgumentException("gamma is " + gamma + ", it must be within 0 and 1");
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps is " + steps + ", it must be at least 1");
        }
        this.spec = spec;
        this.gamma = gamma;
        this.steps = steps;
        copies = spec.copies();
        ring = spec.rowsPerCopy();
        frames = spec.frames();
        observation = spec.observation().size();
        action = spec.action().size();
        frameBytes = spec.frameBytes();
        pictureBytes = spec.pictureBytes();
        rows = new RowStore(rows(), observation, action, frameBytes);
        head = new int[copies];
        Arrays.fill(head, -1);
        filled = new int[copies];
        planar = new byte[copies * pictureBytes];
        planarMemory = MemorySegment.ofArray(planar);
    }

    /// What it holds.
    public ReplaySpec spec() {
        return spec;
    }

    /// How many transitions can be drawn.
    public int size() {
        return size;
    }

    /// Bytes off the heap that it takes now, with the chunks that are kept for reuse.
    public long bytes() {
        return rows.bytes();
    }

    /// Tells it what each copy sees now, before acting. It must be called before the first [#add]; later it does nothing
    /// unless a copy no longer sees what its last step left, since it was reset or replaced: its episode then counts as
    /// truncated there.
    ///
    /// @param now row-major [n, observation] and [n, height, width, channels]
    /// @throws IllegalArgumentException for a wrong length or a number that is not finite; nothing has changed then
    public void observe(Observations now) {
        check(now, "observation", null, null);
        for (int copy = 0; copy < copies; copy++) {
            planar(now.pixels(), copy);
            if (head[copy] < 0 || !same(copy, now.values())) {
                start(copy, now.values());
            }
        }
    }

    /// Adds a step of every copy. Where it ended an episode, what followed is the final observation, and `next` begins
    /// the next episode. A truncated episode is worth bootstrapping from; one that is both is terminated.
    ///
    /// @param actions taken in what was last observed, row-major [n, action]
    /// @param rewards of the step [n]
    /// @param terminated true where the step ended the episode for good [n]
    /// @param truncated true where the step cut the episode short [n]
    /// @param next what to act on next [n]
    /// @param finals the final observations of the episodes that ended [n]; other rows are not read
    /// @throws IllegalArgumentException for a wrong length, a number that is not finite, or pictures whose older frames are
    ///         not those of the step before; nothing has changed then
    /// @throws IllegalStateException before the first [#observe]
    public void add(float[] actions, float[] rewards, boolean[] terminated, boolean[] truncated, Observations next,
            Observations finals) {
        if (head[0] < 0) {
            throw new IllegalStateException("nothing has been observed that these actions were taken in");
        }
        checkLength(actions.length, action, "action");
        checkLength(rewards.length, 1, "reward");
        checkLength(terminated.length, 1, "terminated");
        checkLength(truncated.length, 1, "truncated");
        checkFinite(actions, spec.action(), "action", null, null);
        for (int copy = 0; copy < copies; copy++) {
            if (!Float.isFinite(rewards[copy])) {
                throw new IllegalArgumentException("reward of copy " + copy + " is " + rewards[copy]);
            }
        }
        check(next, "next observation", null, null);
        check(finals, "final observation", terminated, truncated);
        for (int copy = 0; copy < copies; copy++) {
            planar(terminated[copy] || truncated[copy] ? finals.pixels() : next.pixels(), copy);
            checkStack(copy);
        }
        for (int copy = 0; copy < copies; copy++) {
            boolean ended = terminated[copy] || truncated[copy];
            int row = copy * ring + head[copy];
            rows.setAction(row, actions, copy * action);
            rows.setReward(row, rewards[copy]);
            rows.setFlags(row, terminated[copy] ? LAST : TRANSITION);
            size++;
            listener.added(row);
            push(copy, ended ? finals.values() : next.values(), frames - 1);
            if (ended) {
                planar(next.pixels(), copy);
                start(copy, next.values());
            }
        }
    }

    /// Draws transitions, each as likely as any other, with replacement.
    ///
    /// @throws IllegalStateException where the memory is empty
    /// @throws IllegalArgumentException where the batch is for other observations or actions
    public void sample(SeededRandom random, Batch batch) {
        checkSample(batch);
        int bound = copies * mostFilled;
        for (int i = 0; i < batch.size(); i++) {
            int row;
            do {
                int drawn = random.nextInt(bound);
                row = drawn / mostFilled * ring + drawn % mostFilled;
            } while (!drawable(row));
            gather(batch, i, row);
            batch.setWeight(i, 1);
        }
    }

    /// The state, which shares the rows instead of copying them. It never changes. Chunk `i` is the tensors `numbers.i`
    /// `float` [rows, observation + action + reward], `pixels.i` [rows, frame] channels first, and `flags.i` [rows, 1]: 1 for
    /// a row with an action, 3 where that ended the episode for good. Copies follow each other, `rows per copy` each.
    @Override
    public State save() {
        State state = new State(SCHEMA, VERSION);
        state.put("observation", observation).put("picture", pictureBytes).put("frames", frames).put("action", action)
                .put("copies", copies).put("rows per copy", ring).put("size", size).put("head", head)
                .put("filled", filled);
        rows.share(state);
        return state;
    }

    /// Takes over a state of a memory with the same sizes; gamma and steps may differ. Rows off the heap are taken by
    /// reference and must stay allocated as long as this memory is used, so read a file into automatic arenas
    /// (`Arena.ofAuto()`), heap arrays or maps. They are copied before they are first written, so the state stays good.
    @Override
    public void restore(State state) {
        adopt(readable(state));
    }

    /// A memory with the rows of a state.
    ReplayMemory readable(State state) {
        state.expect(SCHEMA, VERSION);
        expect(state, "observation", observation);
        expect(state, "picture", pictureBytes);
        expect(state, "frames", frames);
        expect(state, "action", action);
        expect(state, "copies", copies);
        expect(state, "rows per copy", ring);
        ReplayMemory read = new ReplayMemory(spec, gamma, steps);
        state.read("head", read.head);
        state.read("filled", read.filled);
        read.rows = rows.read(state);
        read.size = Math.toIntExact(state.integer("size"));
        int found = read.rows.flagged(TRANSITION);
        for (int copy = 0; copy < copies; copy++) {
            if (read.filled[copy] < 0 || read.filled[copy] > ring || read.head[copy] < -1 || read.head[copy] >= ring) {
                throw new IncompatibleStateException("replay memory: copy " + copy + " has " + read.filled[copy]
                        + " rows up to " + read.head[copy] + " in a ring of " + ring);
            }
            read.mostFilled = Math.max(read.mostFilled, read.filled[copy]);
        }
        for (int copy = 0; copy < copies; copy++) {
            for (int newer = 1; newer < frames; newer++) { // in a full ring, older frames of these are gone
                int row = copy * ring + Math.floorMod(read.head[copy] + newer, ring);
                found -= (read.rows.flags(row) & TRANSITION) != 0 && !read.drawable(row) ? 1 : 0;
            }
        }
        if (found != read.size) {
            throw new IncompatibleStateException(
                    "replay memory: the state says it has " + read.size + " transitions, its rows hold " + found);
        }
        return read;
    }

    /// Becomes another memory of the same spec, which must not be used any more.
    void adopt(ReplayMemory other) {
        System.arraycopy(other.head, 0, head, 0, copies);
        System.arraycopy(other.filled, 0, filled, 0, copies);
        mostFilled = other.mostFilled;
        size = other.size;
        rows = other.rows;
    }

    /// Says that no state saved so far is used any more, by a writer or by another memory, so that rows may be written in
    /// place again and copies made meanwhile are reused. Never needed for being right; see above what it saves.
    public void release() {
        rows.release();
    }

    void listen(Listener to) {
        listener = to;
    }

    /// Rows in all.
    int rows() {
        return copies * ring;
    }

    /// True where the row holds a transition whose whole stack of frames is there.
    boolean drawable(int row) {
        if ((rows.flags(row) & TRANSITION) == 0) {
            return false;
        }
        int copy = row / ring;
        return filled[copy] < ring || Math.floorMod(row % ring - head[copy] - 1, ring) >= frames - 1;
    }

    void checkSample(Batch batch) {
        if (size == 0) {
            throw new IllegalStateException("the replay memory is empty, add a step before sampling");
        }
        ReplaySpec given = batch.spec();
        if (given.observation().size() != observation || given.action().size() != action
                || given.pictureBytes() != pictureBytes) {
            throw new IllegalArgumentException("the batch is for " + given.observation() + ", " + given.pictureBytes()
                    + " bytes of picture and " + given.action() + ", the replay memory holds " + spec.observation()
                    + ", " + pictureBytes + " bytes and " + spec.action());
        }
    }

    /// Copies the transition that starts in a row to a batch.
    void gather(Batch batch, int position, int row) {
        int last = row;
        double reward = rows.reward(row);
        double discount = gamma;
        for (int step = 1; step < steps; step++) {
            int next = after(last);
            // What follows is a final observation, or the newest one.
            if ((rows.flags(next) & TRANSITION) == 0) {
                break;
            }
            last = next;
            reward += discount * rows.reward(last);
            discount *= gamma;
        }
        boolean ended = (rows.flags(last) & TERMINATED) != 0;
        batch.set(position, row, (float) reward, ended, ended ? 0 : (float) discount);
        int next = after(last);
        long offset = 4L * position * observation;
        rows.copyObservation(row, batch.observationMemory(), offset);
        rows.copyObservation(next, batch.nextObservationMemory(), offset);
        rows.copyAction(row, batch.actionMemory(), 4L * position * action);
        if (pictureBytes > 0) {
            stack(row, batch.pixelMemory(), (long) position * pictureBytes);
            stack(next, batch.nextPixelMemory(), (long) position * pictureBytes);
        }
    }

    private void stack(int row, MemorySegment target, long offset) {
        int first = row - row % ring;
        int slot = Math.floorMod(row - first - (frames - 1), ring);
        for (int frame = 0; frame < frames; frame++) {
            rows.copyFrame(first + slot, target, offset + (long) frame * frameBytes);
            slot = slot + 1 == ring ? 0 : slot + 1;
        }
    }

    /// Begins an episode: the older frames of its stack, then its first observation.
    private void start(int copy, float[] values) {
        for (int frame = 0; frame < frames; frame++) {
            push(copy, values, frame);
        }
    }

    /// Writes an observation to the next slot of a copy, with one frame of the stack that lies in `planar`.
    private void push(int copy, float[] values, int frame) {
        int slot = head[copy] + 1 == ring ? 0 : head[copy] + 1;
        int first = copy * ring;
        if (filled[copy] < ring) {
            mostFilled = Math.max(mostFilled, ++filled[copy]);
        } else {
            // The oldest row goes, and with it the stack of the row `frames - 1` after it.
            int dropped = first + (slot + frames - 1) % ring;
            if ((rows.flags(dropped) & TRANSITION) != 0) {
                size--;
                listener.dropped(dropped);
            }
        }
        int row = first + slot;
        rows.setObservation(row, values, copy * observation);
        rows.setFrame(row, planar, copy * pictureBytes + frame * frameBytes);
        rows.setFlags(row, (byte) 0);
        head[copy] = slot;
    }

    private int after(int row) {
        return (row + 1) % ring == 0 ? row + 1 - ring : row + 1;
    }

    /// True where the copy's newest row and frames are these values and the stack in `planar`.
    private boolean same(int copy, float[] values) {
        return rows.observationEquals(copy * ring + head[copy], values, copy * observation) && follows(copy, 0);
    }

    /// True where the newest frames of the copy are the frames of the stack in `planar`, but for the `newer` last.
    private boolean follows(int copy, int newer) {
        for (int back = 0; back < frames - newer; back++) {
            int row = copy * ring + Math.floorMod(head[copy] - back, ring);
            if (!rows.frameEquals(row, planarMemory, copy * pictureBytes + (frames - 1 - newer - back) * frameBytes)) {
                return false;
            }
        }
        return true;
    }

    private void checkStack(int copy) {
        if (!follows(copy, 1)) {
            throw new IllegalArgumentException("the picture of copy " + copy + " is no stack of " + frames
                    + " frames, the newest last: its older frames are not those of the step before");
        }
    }

    /// Puts the channels of a copy's picture first.
    private void planar(byte[] pixels, int copy) {
        if (pictureBytes == 0) {
            return;
        }
        int channels = spec.image().orElseThrow().channels();
        int plane = pictureBytes / channels;
        int target = copy * pictureBytes;
        for (int channel = 0; channel < channels; channel++) {
            int source = copy * pictureBytes + channel;
            for (int i = 0; i < plane; i++) {
                planar[target++] = pixels[source];
                source += channels;
            }
        }
    }

    private void check(Observations observations, String what, boolean[] ended, boolean[] orEnded) {
        checkLength(observations.values().length, observation, what);
        checkLength(observations.pixels().length, pictureBytes, "picture");
        checkFinite(observations.values(), spec.observation(), what, ended, orEnded);
    }

    private void checkLength(int length, int width, String what) {
        if (length != copies * width) {
            throw new IllegalArgumentException(
                    what + " has " + length + " numbers, " + copies + " copies x " + width + " are needed");
        }
    }

    /// Looks at all rows, or at those that ended where `ended` is given.
    private void checkFinite(float[] values, Space space, String what, boolean[] ended, boolean[] orEnded) {
        int width = space.size();
        for (int copy = 0; copy < copies; copy++) {
            if (ended != null && !ended[copy] && !orEnded[copy]) {
                continue;
            }
            for (int i = copy * width; i < (copy + 1) * width; i++) {
                if (!Float.isFinite(values[i])) {
                    String name = space instanceof Box box ? box.names().get(i % width) : "choice";
                    throw new IllegalArgumentException(
                            what + " of copy " + copy + " is " + values[i] + " in '" + name + "'");
                }
            }
        }
    }

    private static void expect(State state, String name, long wanted) {
        long found = state.integer(name);
        if (found != wanted) {
            throw new IncompatibleStateException(
                    "replay memory: the state has " + name + " " + found + ", expected " + wanted);
        }
    }
}
