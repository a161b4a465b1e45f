package dev.limber.api.video;

import java.io.IOException;

/// A film that is being written. Encoding happens on a thread of its own. Methods may be called from any thread, but by
/// one at a time.
public interface VideoFile extends AutoCloseable {

    /// Adds a picture. It is copied; the call waits only while many pictures before it are still to be encoded.
    ///
    /// @param rgb unsigned bytes, row-major [height, width, 3], from the top left
    /// @throws IOException where writing has failed
    void add(byte[] rgb) throws IOException;

    /// Waits until all is encoded, and gives the file its name.
    ///
    /// @throws IOException where writing has failed, or there is no picture
    void finish() throws IOException;

    /// Frees what it holds. A film that was not [finished][#finish] leaves nothing behind. Further calls do nothing.
    @Override
    void close();
}
