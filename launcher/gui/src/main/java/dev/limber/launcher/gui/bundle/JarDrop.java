package dev.limber.launcher.gui.bundle;

import java.awt.Component;
import java.awt.Container;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.JComponent;
import javax.swing.JList;
import javax.swing.JTable;
import javax.swing.JTree;
import javax.swing.TransferHandler;
import javax.swing.text.JTextComponent;

/// Takes jars that are dropped anywhere on a window.
public final class JarDrop extends TransferHandler {

    private final Consumer<List<Path>> dropped;

    /// @param dropped hears of the jars
    public JarDrop(Consumer<List<Path>> dropped) {
        this.dropped = dropped;
    }

    @Override
    public boolean canImport(TransferSupport support) {
        return support.isDataFlavorSupported(DataFlavor.javaFileListFlavor);
    }

    @Override
    public boolean importData(TransferSupport support) {
        try {
            List<?> files = (List<?>) support.getTransferable().getTransferData(DataFlavor.javaFileListFlavor);
            List<Path> jars = files.stream().map(file -> ((File) file).toPath()).toList();
            dropped.accept(jars);
            return !jars.isEmpty();
        } catch (UnsupportedFlavorException | IOException gone) {
            return false;
        }
    }

    /// Lets what is dropped on a component's lists, tables and texts through to the window: Swing has them take drops
    /// that they then refuse.
    public static void letThrough(Component component) {
        if (component instanceof JTable || component instanceof JList<?> || component instanceof JTree
                || component instanceof JTextComponent) {
            ((JComponent) component).setDropTarget(null);
        }
        if (component instanceof Container container) {
            for (Component each : container.getComponents()) {
                letThrough(each);
            }
        }
    }
}
