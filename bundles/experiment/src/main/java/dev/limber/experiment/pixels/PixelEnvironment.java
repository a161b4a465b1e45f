package dev.limber.experiment.pixels;

import dev.limber.api.environment.Environment;
import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.environment.Observations;
import dev.limber.api.render.Overlay;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderers;
import dev.limber.api.space.Image;
import dev.limber.api.state.State;
import dev.limber.api.state.Tensor;
import dev.limber.experiment.environment.DelegatingEnvironment;
import java.util.Arrays;
import java.util.Optional;

/// Shows an environment as pictures, each a stack of the last few of its episode.
///
/// All copies are drawn at once. A step only begins to draw; [#observations] waits for the pictures. Where an episode has
/// just begun, its first picture fills the stack. The last picture of an ended one is drawn when somebody asks for
/// [#finalObservations]. A saved state holds the stacks, so that what goes on from it sees the same, bit for bit.
public final class PixelEnvironment extends DelegatingEnvironment {

    private static final String SCHEMA = "dev.limber.experiment.pixels";
    private static final float[] NO_NUMBERS = {};

    /// Final pictures are drawn by so many at once for so many copies: mostly few episodes end in one step.
    private static final int COPIES_PER_END = 8;

    private final EnvironmentSpec spec;
    private final PixelSpec pixels;
    private final Renderers renderers;
    private final int copies;
    private final int poseSize;
    private final Pictures pictures;
    private final PixelFrame frame;
    private final double[] poses;
    private final byte[] stacks;
    private final byte[] finalStacks;
    private final boolean[] begins;
    private Optional<FinalPictures> finalPictures = Optional.empty();
    private Observations observations;
    private Observations finalObservations;
    private boolean drawing;
    private boolean endsUnseen;

    /// What draws the ends of episodes.
    private record FinalPictures(Pictures pictures, PixelFrame frame, double[] poses, int[] copies,
            double[] allPoses) {}

    /// Stands before an environment and closes it too.
    public PixelEnvironment(Environment delegate, PixelSpec pixels, Renderers renderers) {
        super(delegate);
        this.pixels = pixels;
        this.renderers = renderers;
        spec = pixels.seen(delegate.spec());
        copies = delegate.copies();
        poseSize = pixels.scene().poseSize();
        poses = new double[copies * poseSize];
        stacks = new byte[copies * pixels.image().size()];
        finalStacks = new byte[stacks.length];
        begins = new boolean[copies];
        frame = new PixelFrame(pixels, copies);
        observations = new Observations(NO_NUMBERS, stacks);
        finalObservations = new Observations(NO_NUMBERS, finalStacks);
        pictures = pixels.open(renderers, copies);
    }

    @Override
    public EnvironmentSpec spec() {
        return spec;
    }

    /// The environment whose numbers rewards see, also where they are not observed.
    public Environment numbers() {
        return delegate();
    }

    @Override
    public void reset(long[] seeds) {
        drawing = false;
        endsUnseen = false;
        delegate().reset(seeds);
        Arrays.fill(begins, true);
        draw();
    }

    @Override
    public void step(float[] actions) {
        take();
        delegate().step(actions);
        boolean[] terminated = delegate().terminated();
        boolean[] truncated = delegate().truncated();
        endsUnseen = false;
        for (int i = 0; i < copies; i++) {
            begins[i] = terminated[i] || truncated[i];
            endsUnseen |= begins[i];
        }
        draw();
    }

    @Override
    public void setState(int copy, double[] state) {
        take();
        delegate().setState(copy, state);
        delegate().poses(poses);
        pictures.submit(poses, pixels.camera(), Overlay.none());
        frame.read(pictures);
        frame.replaceNewest(copy, stacks, copy);
    }

    private void draw() {
        delegate().poses(poses);
        pictures.submit(poses, pixels.camera(), Overlay.none());
        drawing = true;
    }

    /// Puts what is being drawn onto the stacks.
    private void take() {
        if (!drawing) {
            return;
        }
        frame.read(pictures);
        drawing = false;
        int size = pixels.image().size();
        for (int i = 0; i < copies; i++) {
            if (begins[i]) {
                System.arraycopy(stacks, i * size, finalStacks, i * size, size); // its last picture comes on top later
                frame.fill(i, stacks, i);
            } else {
                frame.push(i, stacks, i);
            }
        }
    }

    @Override
    public Observations observations() {
        take();
        observations = shown(observations, delegate().observations());
        return observations;
    }

    @Override
    public Observations finalObservations() {
        take();
        if (endsUnseen) {
            drawEnds();
        }
        finalObservations = shown(finalObservations, delegate().finalObservations());
        return finalObservations;
    }

    private Observations shown(Observations before, Observations plain) {
        float[] values = pixels.state() ? plain.values() : NO_NUMBERS;
        return before.values() == values ? before : new Observations(values, before.pixels());
    }

    private void drawEnds() {
        endsUnseen = false;
        if (finalPictures.isEmpty()) {
            int some = (copies + COPIES_PER_END - 1) / COPIES_PER_END;
            finalPictures = Optional.of(new FinalPictures(pixels.open(renderers, some), new PixelFrame(pixels, some),
                    new double[some * poseSize], new int[some], new double[copies * poseSize]));
        }
        FinalPictures ends = finalPictures.get();
        delegate().finalPoses(ends.allPoses);
        boolean[] terminated = delegate().terminated();
        boolean[] truncated = delegate().truncated();
        int found = 0;
        for (int i = 0; i < copies; i++) {
            if (terminated[i] || truncated[i]) {
                System.arraycopy(ends.allPoses, i * poseSize, ends.poses, found * poseSize, poseSize);
                ends.copies[found++] = i;
                if (found == ends.copies.length) {
                    drawEnds(ends, found);
                    found = 0;
                }
            }
        }
        if (found > 0) {
            drawEnds(ends, found);
        }
    }

    private void drawEnds(FinalPictures ends, int found) {
        ends.pictures.submit(ends.poses, pixels.camera(), Overlay.none());
        ends.frame.read(ends.pictures);
        for (int k = 0; k < found; k++) {
            ends.frame.push(k, finalStacks, ends.copies[k]);
        }
    }

    @Override
    public State save() {
        finalObservations(); // an end that was not looked at yet cannot be drawn after restoring
        Image image = pixels.image();
        return new State(SCHEMA, 1).put("environment", delegate().save())
                .put("stacks", stacks, copies, image.height(), image.width(), image.channels())
                .put("finals", finalStacks, copies, image.height(), image.width(), image.channels());
    }

    @Override
    public void restore(State state) {
        state.expect(SCHEMA, 1).tensor("stacks", Tensor.Type.UINT8, stacks.length);
        state.tensor("finals", Tensor.Type.UINT8, finalStacks.length);
        delegate().restore(state.state("environment"));
        state.read("stacks", stacks);
        state.read("finals", finalStacks);
        delegate().poses(poses); // so that it keeps those of the next end
        drawing = false;
        endsUnseen = false;
    }

    @Override
    public void close() {
        try {
            pictures.close();
            finalPictures.ifPresent(ends -> ends.pictures.close());
        } finally {
            super.close();
        }
    }
}
