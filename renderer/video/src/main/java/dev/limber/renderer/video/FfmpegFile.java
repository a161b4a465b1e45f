package dev.limber.renderer.video;

import dev.limber.api.video.VideoFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/// A film that FFmpeg writes, on a thread of its own. Pictures go to it in a few buffers that come back empty. Until it is
/// finished the film lies beside its place under a name that begins with a dot.
final class FfmpegFile implements VideoFile {

    private static final int BUFFERS = 8;
    private static final byte[] END = {};
    /// Bits per pixel and frame that leave flat shading without visible blocks.
    private static final double BITS = 0.2;
    private static final int LEAST_BITS = 500_000;

    private final Path file;
    private final Path temporary;
    private final int width;
    private final int height;
    private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<byte[]> full = new ArrayBlockingQueue<>(BUFFERS + 1);
    private final FFmpegFrameRecorder recorder;
    private final Thread thread;
    private volatile boolean abandoned;
    private volatile IOException failure;
    private long added;
    private boolean ended;

    FfmpegFile(Path file, int width, int height, double framesPerSecond) throws IOException {
        this.file = file;
        this.width = width;
        this.height = height;
        temporary = file.resolveSibling("." + file.getFileName() + ".part");
        for (int i = 0; i < BUFFERS; i++) {
            empty.add(new byte[width * height * 3]);
        }
        temporary.toFile().deleteOnExit(); // where a signal ends the process
        recorder = new FFmpegFrameRecorder(temporary.toFile(), width, height, 0);
        recorder.setFormat("mp4");
        recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
        recorder.setVideoCodecName("libopenh264");
        recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
        recorder.setFrameRate(framesPerSecond);
        recorder.setVideoBitrate(
                (int) Math.max(LEAST_BITS, Math.min(50_000_000, BITS * width * height * framesPerSecond)));
        recorder.setGopSize((int) Math.max(1, 2 * framesPerSecond));
        recorder.setOption("movflags", "faststart"); // browsers show it before they have all of it
        try {
            recorder.start();
        } catch (FFmpegFrameRecorder.Exception refused) {
            Files.deleteIfExists(temporary);
            throw new IOException(refused.getMessage(), refused);
        }
        thread = Thread.ofPlatform().name("limber-film-" + file.getFileName()).daemon(true).start(this::encode);
    }

    private void encode() {
        try (Frame frame = new Frame(width, height, Frame.DEPTH_UBYTE, 3)) {
            ByteBuffer pixels = (ByteBuffer) frame.image[0];
            int line = width * 3;
            for (byte[] next = full.take(); next != END && !abandoned; next = full.take()) {
                if (failure == null) {
                    for (int y = 0; y < height; y++) {
                        pixels.put(y * frame.imageStride, next, y * line, line);
                    }
                    record(frame);
                }
                empty.add(next);
            }
        } catch (InterruptedException ended) {
            abandoned = true;
        }
        try {
            recorder.stop();
            recorder.release();
        } catch (FFmpegFrameRecorder.Exception problem) {
            failure = failure == null ? new IOException(problem.getMessage(), problem) : failure;
        }
    }

    private void record(Frame frame) {
        try {
            recorder.record(frame, avutil.AV_PIX_FMT_RGB24);
        } catch (FFmpegFrameRecorder.Exception problem) {
            failure = new IOException(problem.getMessage(), problem);
        }
    }

    @Override
    public void add(byte[] rgb) throws IOException {
        if (rgb.length != width * height * 3) {
            throw new IllegalArgumentException(
                    "a picture of " + width + "x" + height + " has " + width * height * 3 + " bytes, not "
                            + rgb.length);
        }
        if (ended) {
            throw new IllegalStateException("the film " + file + " has ended");
        }
        requireGood();
        try {
            byte[] buffer = empty.take();
            System.arraycopy(rgb, 0, buffer, 0, rgb.length);
            full.add(buffer);
            added++;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    @Override
    public void finish() throws IOException {
        if (ended) {
            return;
        }
        end();
        try {
            requireGood();
            if (added == 0) {
                throw new IOException("there is no picture in it");
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void requireGood() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private void end() {
        ended = true;
        full.add(END);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        abandoned = true;
        end();
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException left) {
            System.getLogger(FfmpegFile.class.getName()).log(System.Logger.Level.WARNING, "cannot remove {0}: {1}",
                    temporary, left.getMessage());
        }
    }
}
