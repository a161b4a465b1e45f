package dev.limber.study.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.random.SeededRandom;
import dev.limber.study.plot.LearningCurves.Line;
import dev.limber.study.statistics.StratifiedBootstrap;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurvePictureTest {

    @TempDir
    Path folder;

    @Test
    void theFileIsAPictureOfTheSizeSaidWithEveryLinesColour() throws Exception {
        BufferedImage image = picture(curves(3));
        assertEquals(LearningCurvePicture.WIDTH, image.getWidth());
        assertEquals(LearningCurvePicture.HEIGHT, image.getHeight());
        for (int line = 0; line < 3; line++) {
            assertTrue(pixels(image, Palette.color(line).getRGB()) > 500, "line " + line + " is drawn");
        }
        assertFalse(pixels(image, Palette.color(3).getRGB()) > 0, "there is no fourth line");
    }

    @Test
    void theBandIsTheLinesColourSeenThrough() throws Exception {
        BufferedImage image = picture(curves(1));
        double alpha = Palette.band(0).getAlpha() / 255.0;
        int rgb = 0xFF000000;
        for (int shift = 0; shift <= 16; shift += 8) {
            int channel = Palette.color(0).getRGB() >> shift & 255;
            rgb |= (int) Math.round(channel * alpha + 255 * (1 - alpha)) << shift;
        }
        int wanted = rgb;
        long close = Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(pixel -> distance(pixel, wanted) <= 3).count();
        assertTrue(close > 5000, "band has " + close + " pixels");
    }

    @Test
    void theSamePictureTwiceHasTheSamePixels() throws Exception {
        BufferedImage one = LearningCurvePicture.draw(curves(2));
        BufferedImage two = LearningCurvePicture.draw(curves(2));
        assertTrue(Arrays.equals(one.getRGB(0, 0, one.getWidth(), one.getHeight(), null, 0, one.getWidth()),
                two.getRGB(0, 0, two.getWidth(), two.getHeight(), null, 0, two.getWidth())));
    }

    @Test
    void stepsAreWrittenAsPeopleSayThem() {
        assertEquals("0", LearningCurvePicture.steps(0));
        assertEquals("500", LearningCurvePicture.steps(500));
        assertEquals("20k", LearningCurvePicture.steps(20_000));
        assertEquals("1.5M", LearningCurvePicture.steps(1_500_000));
    }

    private BufferedImage picture(LearningCurves curves) throws Exception {
        Path file = folder.resolve("curves.png");
        LearningCurvePicture.write(curves, file);
        return ImageIO.read(file.toFile());
    }

    private static long pixels(BufferedImage image, int rgb) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(pixel -> pixel == rgb).count();
    }

    private static int distance(int a, int b) {
        return IntStream.of(0, 8, 16).map(shift -> Math.abs((a >> shift & 255) - (b >> shift & 255))).max()
                .orElseThrow();
    }

    /// Lines that rise like learning does, from ten noisy seeds each.
    private static LearningCurves curves(int lines) {
        var random = new SeededRandom(7);
        var bootstrap = new StratifiedBootstrap(500, 0.95, 0);
        double[] steps = IntStream.rangeClosed(0, 100).mapToDouble(i -> i * 2000.0).toArray();
        List<Line> all = new ArrayList<>();
        for (int line = 0; line < lines; line++) {
            double[][] seeds = new double[10][steps.length];
            double middle = 30_000 + 35_000 * line;
            for (double[] seed : seeds) {
                double shift = middle + 9000 * random.nextGaussian();
                for (int i = 0; i < steps.length; i++) {
                    seed[i] = 20 + 480 / (1 + Math.exp((shift - steps[i]) / 12_000)) + 6 * random.nextGaussian();
                }
            }
            all.add(new Line("a2c lr=" + (line + 1) + "e-3", steps, bootstrap.band(seeds)));
        }
        return new LearningCurves("CartPole-v1", "interquartile mean of 10 seeds, 95 % bootstrap interval",
                "return per training episode", all, OptionalDouble.of(475));
    }
}
