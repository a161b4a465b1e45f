package dev.limber.experiment.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.limber.api.experiment.OptionInfo;
import dev.limber.api.experiment.OptionInfo.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetatypeOptionsTest {

    @TempDir
    private Path temporary;

    /// As bnd writes it.
    @Test
    void optionsOfTheDesignatedTypeAreRead() throws IOException {
        Path other = Files.writeString(temporary.resolve("other.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
                  <OCD id="a.Other" name="Other"><AD id="x" type="Long" default="1"/></OCD>
                  <Designate pid="a.OtherFactory"><Object ocdref="a.Other"/></Designate>
                </metatype:MetaData>
                """);
        Path file = Files.writeString(temporary.resolve("learner.xml"),
                """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0" localization="OSGI-INF/l10n/x">
                          <OCD id="a.A2cSettings" name="Learner" description="">
                            <AD id="lr" type="Double" name="Lr" description="learning rate" min="0" max="1" default="0.001"/>
                            <AD id="schedule" type="String" name="Schedule" description="" default="linear">
                              <Option label="linear" value="linear"/>
                              <Option label="constant" value="constant"/>
                            </AD>
                            <AD id="a2c.settings" type="Double" name="Value" description="weight" min="0" default="0.5"/>
                            <AD id="hidden" type="String" name="Hidden" description="" default="64\\,64"/>
                            <AD id="two.words" type="Boolean" name="Two words" description="" default="false"/>
                            <AD id="none" type="String" name="None" description="" default=""/>
                          </OCD>
                          <Designate pid="a.LearnerFactory"><Object ocdref="a.A2cSettings"/></Designate>
                        </metatype:MetaData>
                        """);
        List<OptionInfo> options = MetatypeOptions.ofComponent(List.of(other.toUri().toURL(), file.toUri().toURL()),
                "a.LearnerFactory");
        assertEquals(List.of(
                new OptionInfo("lr", Type.NUMBER, "0.001", Optional.of("0"), Optional.of("1"), List.of(),
                        "learning rate"),
                new OptionInfo("schedule", Type.TEXT, "linear", Optional.empty(), Optional.empty(),
                        List.of("linear", "constant"), ""),
                new OptionInfo("value", Type.NUMBER, "0.5", Optional.of("0"), Optional.empty(), List.of(), "weight"),
                new OptionInfo("hidden", Type.TEXT, "64,64", Optional.empty(), Optional.empty(), List.of(), ""),
                new OptionInfo("two_words", Type.BOOLEAN, "false", Optional.empty(), Optional.empty(), List.of(), ""),
                new OptionInfo("none", Type.TEXT, "", Optional.empty(), Optional.empty(), List.of(), "")), options);
        assertEquals(List.of(), MetatypeOptions.ofComponent(List.of(file.toUri().toURL()), "a.Unknown"));
    }
}
