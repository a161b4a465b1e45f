package dev.limber.launcher.gui.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.limber.api.gui.MetricTable;
import dev.limber.launcher.gui.DeskWorkbench;
import dev.limber.launcher.gui.Edt;
import dev.limber.launcher.gui.RecordedRuns;
import dev.limber.launcher.gui.ScriptedPlayback;
import dev.limber.launcher.gui.theme.Theme;
import dev.limber.launcher.gui.timeline.Observatory;
import dev.limber.physics.classiccontrol.CartPole;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotsViewTest {

    private static final Path ONE = Path.of("/runs/one");
    private static final Path TWO = Path.of("/runs/two");

    private final ScriptedPlayback playback = new ScriptedPlayback(ONE, new CartPole(), 1);
    private final DeskWorkbench workbench = new DeskWorkbench();
    private final Observatory observatory = new Observatory(new RecordedRuns(playback));
    private PlotsView view;

    @TempDir
    private Path folder;

    private static MetricTable table(double... returns) {
        var columns = new LinkedHashMap<String, double[]>();
        double[] steps = new double[returns.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = 1000.0 * i;
        }
        columns.put("step", steps);
        columns.put("seconds", steps.clone());
        columns.put("episode/return", returns);
        return new MetricTable(columns, returns.length);
    }

    @BeforeEach
    void open() throws Exception {
        Edt.on(() -> {
            Theme.DARK.apply();
            workbench.add(RecordedRuns.run(ONE), table(10, Double.NaN, 30, 25));
            workbench.add(RecordedRuns.run(TWO), table(5, 6));
            workbench.select(ONE);
            workbench.compare(List.of(TWO));
            view = new PlotsView(workbench, observatory);
            view.setSize(900, 600);
            return true;
        });
        Edt.await("what plays", observatory::current);
    }

    @AfterEach
    void close() throws Exception {
        Edt.on(() -> {
            workbench.close();
            return true;
        });
    }

    private PlotCard card(String name) throws Exception {
        return Edt.await("a plot of " + name, () -> {
            view.quantities().offered().stream().filter(each -> each.name().equals(name))
                    .forEach(each -> view.quantities().tick(each, true));
            return view.shown().stream().filter(each -> each.quantity().name().equals(name)).findFirst();
        });
    }

    @Test
    void runsLieOverOneAnotherAndAreExportedRowByRow() throws Exception {
        PlotCard card = card("episode/return");
        List<Curve> curves = card.curves();
        assertEquals(List.of("one", "two"), curves.stream().map(Curve::label).toList());
        assertArrayEquals(new double[] {0, 2000, 3000}, curves.getFirst().x());
        assertArrayEquals(new double[] {10, 30, 25}, curves.getFirst().y());
        Path csv = folder.resolve("plots.csv");
        PlotExport.csv(List.of(card), "step", csv);
        assertEquals(List.of("quantity,run,step,value", "episode/return,one,0,10", "episode/return,one,2000,30",
                "episode/return,one,3000,25", "episode/return,two,0,5", "episode/return,two,1000,6"),
                Files.readAllLines(csv));
    }

    @Test
    void thePictureHasALineInTheColourOfEachRun() throws Exception {
        PlotCard card = card("episode/return");
        BufferedImage picture = Edt.on(() -> {
            card.setSize(400, 220);
            return PlotExport.picture(List.of(card), Color.BLACK);
        });
        assertEquals(2 * (400 + 24), picture.getWidth());
        assertTrue(count(picture, ChartStyle.colour(0)) > 300, "no line of the first run");
        assertTrue(count(picture, ChartStyle.colour(1)) > 100, "no line of the second run");
        assertEquals(0, count(picture, ChartStyle.colour(2)));
    }

    private static int count(BufferedImage picture, Color color) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                count += picture.getRGB(x, y) == color.getRGB() ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void whatTheWatchSeesIsPlotted() throws Exception {
        playback.show(0.5, 0, 0.1, 0);
        playback.show(0.6, 0, -0.1, 0);
        Edt.await("what can be plotted", () -> Optional.of(view.quantities().offered())
                .filter(all -> all.stream().anyMatch(each -> each.group() == Quantity.Group.STATE)));
        Edt.on(() -> {
            view.quantities().offered().stream().filter(each -> each.group() == Quantity.Group.STATE
                    && each.name().startsWith("pole angle")).forEach(each -> view.quantities().tick(each, true));
            return true;
        });
        double[] angles = Edt.await("two points", () -> view.shown().stream()
                .filter(each -> each.quantity().group() == Quantity.Group.STATE).findFirst()
                .flatMap(each -> each.curves().stream().findFirst()).map(Curve::y).filter(y -> y.length == 2));
        assertArrayEquals(new double[] {0.1, -0.1}, angles, 1e-9);
    }

    @Test
    void aThinnedLineKeepsItsPeaks() {
        double[] x = new double[100_000];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        y[54_321] = 9;
        y[77_777] = -3;
        Curve thin = new Curve("a", Color.RED, x, y).within(0, 1e6, 200);
        assertEquals(400, thin.x().length);
        assertEquals(9, java.util.Arrays.stream(thin.y()).max().orElseThrow());
        assertEquals(-3, java.util.Arrays.stream(thin.y()).min().orElseThrow());
        for (int i = 1; i < thin.x().length; i++) {
            assertTrue(thin.x()[i - 1] <= thin.x()[i]);
        }
        assertEquals(12, new Curve("a", Color.RED, x, y).within(10, 19, 200).x().length);
    }
}
