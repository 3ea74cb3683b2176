package com.threadly.runtime.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings, the environment over an optional properties file, and collects their problems. Read all settings that
 * the program needs, then call {@link #verify()}: until then, a placeholder replaces an invalid one.
 *
 * <pre>{@code
 * Settings settings = Settings.load(System.getenv(), file);
 * Duration interval = settings.get(COMMIT_INTERVAL);
 * settings.verify();
 * }</pre>
 */
public final class Settings {

    /** A shorter secret occurs in many texts by chance. */
    private static final int SHORTEST_SECRET = 4;

    private final Map<String, String> values;
    private final Map<String, String> read = new TreeMap<>();
    private final Map<String, Wanted> wanted = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final SortedSet<String> ignored = new TreeSet<>();
    /** Replaces values that are or contain secrets. */
    private final Map<String, String> shownInstead = new HashMap<>();

    /**
     * A setting that was read.
     *
     * @param required whether its absence is a problem
     */
    public record Wanted(Setting<?> setting, boolean required) {}

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /** From {@code environment} only. */
    public static Settings of(Map<String, String> environment) {
        return load(environment, null);
    }

    /** From {@code environment} over {@code file}. {@link #verify} reports an unreadable file. */
    public static Settings load(Map<String, String> environment, @Nullable Path file) {
        var fromFile = new Properties();
        String problem = null;
        if (file != null) {
            try (var reader = Files.newBufferedReader(file)) {
                fromFile.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                problem = "cannot read the settings file %s: %s".formatted(file, e);
            }
        }
        var values = new HashMap<String, String>();
        fromFile.stringPropertyNames().forEach(name -> values.put(name, fromFile.getProperty(name)));
        values.putAll(environment);
        var settings = new Settings(values);
        if (problem != null) {
            settings.problems.add(problem);
        }
        return settings;
    }

    /** The value or its default; if missing or invalid, a placeholder, and {@link #verify} reports it. */
    public <T> T get(Setting<T> setting) {
        wanted.put(setting.name(), new Wanted(setting, setting.defaultText() == null));
        Optional<String> text = text(setting).or(() -> Optional.ofNullable(setting.defaultText()));
        if (text.isEmpty()) {
            problems.add("%s is not set: %s".formatted(setting.name(), setting.doc()));
            return setting.placeholder();
        }
        return parsed(setting, text.get());
    }

    /** The value, or empty when it is not set. */
    public <T> Optional<T> find(Setting<T> setting) {
        wanted.putIfAbsent(setting.name(), new Wanted(setting, false));
        return text(setting).map(text -> parsed(setting, text));
    }

    /** All values, by name, that match the name of {@code family}, which ends with an asterisk. */
    public Map<String, String> all(Setting<String> family) {
        wanted.put(family.name(), new Wanted(family, false));
        String prefix = family.name().replace("*", "");
        return values.entrySet().stream()
                .filter(value -> value.getKey().startsWith(prefix))
                .collect(Collectors.toMap(Map.Entry::getKey, value -> noted(value.getValue())));
    }

    /** Shows {@code text} among the values that were read; a family's values are not, because most are not for us. */
    void show(String name, String text) {
        read.put(name, Secrets.maskedField(name, text));
        ignored.remove(name);
    }

    /** Notes a value that nothing reads, though its name looks as if something did. */
    void ignore(String name) {
        ignored.add(name);
    }

    /** The names of values that nothing reads. */
    public SortedSet<String> ignored() {
        return Collections.unmodifiableSortedSet(ignored);
    }

    /** Adds a problem of several settings together. */
    public void reject(String problem) {
        problems.add(problem);
    }

    /**
     * Call it once all settings are read.
     *
     * @throws InvalidSettingsException with every problem, if there is one
     */
    public void verify() {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(
                    problems.stream().map(this::withoutSecrets).toList());
        }
    }

    /** The settings that were read, ordered by name. */
    public List<Wanted> wanted() {
        return List.copyOf(wanted.values());
    }

    /** The values that were read, by name, with secrets masked. */
    public Map<String, String> masked() {
        return Map.copyOf(read);
    }

    private Optional<String> text(Setting<?> setting) {
        // An empty variable is how shells and compose files say "not set".
        return Optional.ofNullable(values.get(setting.name()))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private String noted(String value) {
        noteShown(value, Secrets.maskedValue(value));
        return value;
    }

    private void noteShown(String text, String shown) {
        if (!shown.equals(text) && text.length() >= SHORTEST_SECRET) {
            shownInstead.put(text, shown);
        }
    }

    /** Parsers quote their input, and messages from elsewhere may do so in any form. */
    private String withoutSecrets(String problem) {
        String shown = problem;
        for (String text : longestFirst(shownInstead.keySet())) {
            shown = shown.replace(text, shownInstead.getOrDefault(text, Secrets.MASK));
        }
        return Secrets.masked(shown);
    }

    private static List<String> longestFirst(Set<String> texts) {
        return texts.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private <T> T parsed(Setting<T> setting, String text) {
        String shown = setting.secret() ? Secrets.MASK : Secrets.maskedValue(text);
        noteShown(text, shown);
        read.put(setting.name(), shown);
        try {
            return setting.parser().apply(text);
        } catch (IllegalArgumentException e) {
            // A parser may quote the text, so its message is omitted for a secret.
            String reason = setting.secret() ? "it does not have the expected form" : e.getMessage();
            problems.add("%s=%s is wrong: %s".formatted(setting.name(), shown, reason));
            return setting.placeholder();
        }
    }
}
