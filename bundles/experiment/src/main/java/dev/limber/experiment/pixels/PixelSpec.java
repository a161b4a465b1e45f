package dev.limber.experiment.pixels;

import dev.limber.api.environment.EnvironmentSpec;
import dev.limber.api.plugin.UsageException;
import dev.limber.api.render.Camera;
import dev.limber.api.render.PictureSpec;
import dev.limber.api.render.PictureSpec.Kind;
import dev.limber.api.render.Pictures;
import dev.limber.api.render.Renderers;
import dev.limber.api.render.Scene;
import dev.limber.api.space.Box;
import dev.limber.api.space.Image;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How an environment is observed as pictures.
///
/// @param scene what there is to see
/// @param camera where it is seen from
/// @param width pixels in a row
/// @param height rows
/// @param kind what a pixel tells
/// @param stack how many pictures in a row are seen at once
/// @param shadows whether there are shadows
/// @param smooth whether edges are smooth
/// @param range distance that the brightest pixel stands for [m]
/// @param renderer name of what draws
/// @param state whether the numbers are observed too
public record PixelSpec(Scene scene, Camera camera, int width, int height, PixelKind kind, int stack, boolean shadows,
        boolean smooth, double range, String renderer, boolean state) {

    private static final int SMALLEST = 8;
    private static final int LARGEST = 4096;
    private static final String NUMBER = "([1-9][0-9]{0,3})";
    private static final Pattern SIZE = Pattern.compile(NUMBER + "(?:x" + NUMBER + ")?");

    /// What a pixel tells.
    public enum PixelKind {
        /// Brightness.
        GREY(Kind.COLOR, 1),
        /// Red, green and blue.
        RGB(Kind.COLOR, 3),
        /// Distance: 0 at the camera, 255 at the range and beyond.
        DEPTH(Kind.DEPTH, 1),
        /// Number of the part that is seen, 0 for none, 255 for all above.
        SEGMENTATION(Kind.SEGMENTATION, 1);

        final Kind drawn;
        final int channels;

        PixelKind(Kind drawn, int channels) {
            this.drawn = drawn;
            this.channels = channels;
        }
    }

    /// What options ask for; empty where only the numbers are to be observed.
    ///
    /// @throws UsageException for a size or camera that cannot be
    public static Optional<PixelSpec> of(PixelOptions options, Scene scene) {
        if (options.observation().equals("state")) {
            return Optional.empty();
        }
        int[] size = size("option 'pixelSize'", options.pixelSize());
        return Optional.of(new PixelSpec(scene, CameraText.parse("option 'pixelCamera'", options.pixelCamera(), scene),
                size[0], size[1], PixelKind.valueOf(options.pixelKind().toUpperCase(Locale.ROOT)),
                options.pixelStack(), options.pixelShadows(), options.pixelSmooth(), options.pixelRange(),
                options.pixelRenderer(), options.observation().equals("pixels+state")));
    }

    /// Reads the size of a picture, 64 or 640x480, as width and height.
    ///
    /// @param owner what takes it, for messages: "--video-size"
    /// @throws UsageException where it is none
    public static int[] size(String owner, String text) {
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            int width = Integer.parseInt(size.group(1));
            int height = size.group(2) == null ? width : Integer.parseInt(size.group(2));
            if (Math.min(width, height) >= SMALLEST && Math.max(width, height) <= LARGEST) {
                return new int[] {width, height};
            }
        }
        throw new UsageException(owner + " takes 64, 84 or WIDTHxHEIGHT from " + SMALLEST + " to " + LARGEST
                + " pixels, not '" + text + "'");
    }

    /// One observation.
    public Image image() {
        return new Image(height, width, kind.channels * stack, stack);
    }

    /// What an environment looks like that is observed so.
    ///
    /// @param plain what it looks like otherwise
    public EnvironmentSpec seen(EnvironmentSpec plain) {
        return new EnvironmentSpec(plain.name(), state ? plain.observation() : Box.unbounded(), Optional.of(image()),
                plain.action(), plain.rewardTerms(), plain.stateNames(), plain.stepSeconds(), plain.maxEpisodeSteps(),
                plain.rewardThreshold(), plain.snapshot(), plain.cost());
    }

    /// What draws the pictures of so many copies.
    Pictures open(Renderers renderers, int copies) {
        var drawn = new PictureSpec(width, height, copies, shadows, smooth, Set.of(kind.drawn));
        return renderer.equals(Renderers.AUTO)
                ? renderers.open(scene, drawn)
                : renderers.open(scene, drawn, renderer);
    }
}
