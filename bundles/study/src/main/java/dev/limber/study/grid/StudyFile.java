package dev.limber.study.grid;

import dev.limber.api.plugin.UsageException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads study files. YAML 1.2 contains JSON, so one reader reads both.
public final class StudyFile {

    private StudyFile() {}

    /// Reads one.
    ///
    /// @throws UsageException naming file and line where it cannot be read
    public static Map<String, Object> read(Path file) {
        Object tree;
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).setAllowDuplicateKeys(false)
                    .build();
            tree = new Load(settings).loadFromString(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no study file " + file);
        } catch (MalformedInputException e) {
            throw new UsageException(file + " is no text in UTF-8");
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: " + e.getMessage());
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
            throw new UsageException(file + line + " is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new UsageException(
                    file + " is not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        if (!(tree instanceof Map<?, ?> map)) {
            throw new UsageException(file + " describes no study: it must hold 'environments:' and 'algorithms:'");
        }
        var description = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> description.put(String.valueOf(key), value));
        return description;
    }
}
