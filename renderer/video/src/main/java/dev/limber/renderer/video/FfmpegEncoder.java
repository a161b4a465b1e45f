package dev.limber.renderer.video;

import dev.limber.api.plugin.UsageException;
import dev.limber.api.video.VideoEncoder;
import dev.limber.api.video.VideoFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegLogCallback;
import org.osgi.service.component.annotations.Component;

/// Writes H.264 in MP4 with FFmpeg and OpenH264.
@Component
public final class FfmpegEncoder implements VideoEncoder {

    private static final int LARGEST = 8192;

    @Override
    public VideoFile open(Path file, int width, int height, double framesPerSecond) {
        if (!file.getFileName().toString().endsWith(".mp4")) {
            throw new UsageException("films are written as .mp4, not as " + file.getFileName());
        }
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a folder, not a film to write");
        }
        if (width < 16 || height < 16 || width > LARGEST || height > LARGEST || width % 2 != 0 || height % 2 != 0) {
            throw new UsageException("films have even widths and heights from 16 to " + LARGEST + " pixels, not "
                    + width + "x" + height);
        }
        if (!(framesPerSecond > 0 && framesPerSecond <= 1000)) {
            throw new UsageException("films have up to 1000 frames per second, not " + framesPerSecond);
        }
        requireLibrary();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return new FfmpegFile(file.toAbsolutePath(), width, height, framesPerSecond);
        } catch (IOException failure) {
            throw new UsageException("the film " + file + " cannot be written: " + failure.getMessage());
        }
    }

    private static void requireLibrary() {
        try {
            avutil.av_log_set_level(avutil.AV_LOG_ERROR);
            FFmpegLogCallback.set();
        } catch (LinkageError missing) {
            throw new UsageException("films cannot be written here: FFmpeg for "
                    + System.getProperty("os.name").toLowerCase(Locale.ROOT) + " "
                    + System.getProperty("os.arch") + " is not among Limber's libraries");
        }
    }
}
