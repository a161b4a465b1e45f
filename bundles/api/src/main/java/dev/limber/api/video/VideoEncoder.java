package dev.limber.api.video;

import java.nio.file.Path;

/// Something that writes films. Register one as a service. Methods may be called from any thread.
public interface VideoEncoder {

    /// Begins a film that ordinary players and browsers show. Its folder is made where there is none; the file appears
    /// under its name when the film is [finished][VideoFile#finish], and replaces another one then.
    ///
    /// @param file name ending in `.mp4`
    /// @param width pixels in a row, even
    /// @param height rows, even
    /// @param framesPerSecond how fast it is shown
    /// @throws dev.limber.api.plugin.UsageException in one line, where such a film cannot be written, or none at all on
    ///         this machine
    VideoFile open(Path file, int width, int height, double framesPerSecond);
}
