package dev.limber.launcher.gui.layout;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Insets;
import java.awt.LayoutManager2;
import java.util.HashMap;
import java.util.Map;
import javax.swing.JComponent;
import javax.swing.plaf.basic.BasicHTML;
import javax.swing.text.View;

/// Components below each other, each as wide as the container and as high as it wants to be at that width. (A grid bag makes
/// all of them as low as they can be where one wants to be wider than there is room.)
final class ColumnLayout implements LayoutManager2 {

    private final Map<Component, Integer> gaps = new HashMap<>();
    private int measured;

    /// @param gap above the component [px], an `Integer`
    @Override
    public void addLayoutComponent(Component component, Object gap) {
        gaps.put(component, (Integer) gap);
    }

    @Override
    public void addLayoutComponent(String name, Component component) {
        gaps.put(component, 0);
    }

    @Override
    public void removeLayoutComponent(Component component) {
        gaps.remove(component);
    }

    @Override
    public Dimension preferredLayoutSize(Container column) {
        Insets insets = column.getInsets();
        int sides = insets.left + insets.right;
        int widest = 0;
        for (Component each : column.getComponents()) {
            widest = each.isVisible() ? Math.max(widest, each.getPreferredSize().width) : widest;
        }
        measured = height(column, column.getWidth() > sides ? column.getWidth() - sides : widest);
        return new Dimension(widest + sides, measured + insets.top + insets.bottom);
    }

    private int height(Container column, int width) {
        int height = 0;
        for (Component each : column.getComponents()) {
            height += each.isVisible() ? gaps.get(each) + height(each, width) : 0;
        }
        return height;
    }

    /// Text that is wrapped is as high as its width makes it.
    private static int height(Component component, int width) {
        if (component instanceof JComponent swing
                && swing.getClientProperty(BasicHTML.propertyKey) instanceof View text) {
            Insets insets = swing.getInsets();
            text.setSize(width - insets.left - insets.right, 0);
        }
        return component.getPreferredSize().height;
    }

    @Override
    public Dimension minimumLayoutSize(Container column) {
        return new Dimension(0, preferredLayoutSize(column).height);
    }

    @Override
    public Dimension maximumLayoutSize(Container column) {
        return new Dimension(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public void layoutContainer(Container column) {
        Insets insets = column.getInsets();
        int width = column.getWidth() - insets.left - insets.right;
        int y = insets.top;
        for (Component each : column.getComponents()) {
            if (each.isVisible()) {
                y += gaps.get(each);
                int height = height(each, width);
                each.setBounds(insets.left, y, width, height);
                y += height;
            }
        }
        if (height(column, width) != measured && column instanceof JComponent swing) {
            swing.revalidate(); // another width than the one it was measured at
        }
    }

    @Override
    public float getLayoutAlignmentX(Container column) {
        return 0;
    }

    @Override
    public float getLayoutAlignmentY(Container column) {
        return 0;
    }

    @Override
    public void invalidateLayout(Container column) {
        // nothing is kept
    }
}
