package dev.limber.renderer.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FfmpegEncoderTest {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int FRAMES = 40;

    private final FfmpegEncoder encoder = new FfmpegEncoder();

    @TempDir
    private Path folder;

    /// Left half in one colour, which changes from frame to frame, right half in another.
    private static byte[] picture(int frame) {
        var rgb = new byte[WIDTH * HEIGHT * 3];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            boolean left = i % WIDTH < WIDTH / 2;
            rgb[3 * i] = (byte) (left ? 40 + 4 * frame : 30);
            rgb[3 * i + 1] = (byte) (left ? 60 : 90);
            rgb[3 * i + 2] = (byte) (left ? 50 : 200);
        }
        return rgb;
    }

    private Path write(int frames) throws IOException {
        Path file = folder.resolve("new/film.mp4");
        try (var film = encoder.open(file, WIDTH, HEIGHT, 25)) {
            for (int i = 0; i < frames; i++) {
                film.add(picture(i));
            }
            film.finish();
        }
        return file;
    }

    @Test
    void everyFrameComesBackInItsColours() throws IOException {
        Path file = write(FRAMES);
        try (var grabber = new FFmpegFrameGrabber(file.toFile())) {
            grabber.start();
            assertEquals(WIDTH, grabber.getImageWidth());
            assertEquals(HEIGHT, grabber.getImageHeight());
            assertEquals(25, grabber.getVideoFrameRate());
            assertEquals("h264", grabber.getVideoCodecName());
            for (int i = 0; i < FRAMES; i++) {
                Frame frame = grabber.grabImage();
                double[] left = meanColour(frame, 4, WIDTH / 2 - 4);
                double[] right = meanColour(frame, WIDTH / 2 + 4, WIDTH - 4);
                double[][] expected = {{40 + 4 * i, 60, 50}, {30, 90, 200}};
                for (int c = 0; c < 3; c++) {
                    assertEquals(expected[0][c], left[c], 6, "left of frame " + i);
                    assertEquals(expected[1][c], right[c], 6, "right of frame " + i);
                }
            }
            assertEquals(null, grabber.grabImage());
        }
    }

    private static double[] meanColour(Frame frame, int from, int to) {
        var bytes = (ByteBuffer) frame.image[0]; // blue, green, red
        var sums = new double[3];
        for (int y = 4; y < HEIGHT - 4; y++) {
            for (int x = from; x < to; x++) {
                for (int c = 0; c < 3; c++) {
                    sums[2 - c] += bytes.get(y * frame.imageStride + 3 * x + c) & 0xFF;
                }
            }
        }
        for (int c = 0; c < 3; c++) {
            sums[c] /= (double) (HEIGHT - 8) * (to - from);
        }
        return sums;
    }

    @Test
    void browsersKnowItsPixelsAndFindTheIndexBeforeThem() throws IOException {
        Path file = write(5);
        try (var grabber = new FFmpegFrameGrabber(file.toFile())) {
            grabber.setImageMode(FrameGrabber.ImageMode.RAW);
            grabber.start();
            assertEquals(avutil.AV_PIX_FMT_YUV420P, grabber.getPixelFormat());
        }
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(bytes.indexOf("moov") > 0 && bytes.indexOf("moov") < bytes.indexOf("mdat"));
    }

    @Test
    void whatIsNotFinishedLeavesNothingBehindAndReplacesNothing() throws IOException {
        Path file = write(3);
        byte[] before = Files.readAllBytes(file);
        try (var film = encoder.open(file, WIDTH, HEIGHT, 25)) {
            film.add(picture(0));
        }
        try (var empty = encoder.open(file, WIDTH, HEIGHT, 25)) {
            assertThrows(IOException.class, empty::finish);
        }
        assertEquals(ByteBuffer.wrap(before), ByteBuffer.wrap(Files.readAllBytes(file)));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void whatAKilledProcessLeftIsReplacedByTheNextFilmOfThatName() throws IOException {
        Path left = folder.resolve("new/.film.mp4.part");
        Files.createDirectories(left.getParent());
        Files.write(left, new byte[1 << 20]);
        Path file = write(3);
        assertTrue(Files.size(file) < 1 << 20);
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "film.avi|64|64|25|films are written as .mp4, not as film.avi",
        "film.mp4|63|64|25|films have even widths and heights from 16 to 8192 pixels, not 63x64",
        "film.mp4|64|8|25|films have even widths and heights from 16 to 8192 pixels, not 64x8",
        "film.mp4|64|64|0|films have up to 1000 frames per second, not 0.0"})
    void whatCannotBeIsRefusedInOneLine(String name, int width, int height, double rate, String message) {
        assertEquals(message, assertThrows(UsageException.class,
                () -> encoder.open(folder.resolve(name), width, height, rate)).getMessage());
    }
}
